package ghostrow.study.bench;

import ghostrow.study.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A case on so many cores, and what its contenders have come to so far. */
final class Contest {
    private static final double SLOW = 10;

    private final Case work;
    private final int cores;
    private final List<Contender> contenders = new ArrayList<>();
    /** Why a contender has no figures; it is not run again. */
    private final Map<Contender, String> out = new HashMap<>();
    private final Map<Contender, List<Outcome>> outcomes = new LinkedHashMap<>();
    /** What the right ones printed; this program runs first, so its values come first. */
    private final Map<String, Double> known = new HashMap<>();

    Contest(Case work, int cores, List<Contender> ours, List<Contender> peers) {
        this.work = work;
        this.cores = cores;
        contenders.addAll(ours);
        contenders.addAll(peers);
        for (Contender contender : contenders) {
            if (!contender.missing().isEmpty()) {
                out.put(contender, "left out: no " + contender.missing());
            }
        }
    }

    Case work() {
        return work;
    }

    int cores() {
        return cores;
    }

    List<Contender> contenders() {
        return contenders;
    }

    /** Whether it makes sense to run it once more: it is right, and not so slow that once is enough. */
    boolean wants(Contender contender) {
        if (out.containsKey(contender)) {
            return false;
        }
        double fastest = outcomes.values().stream().flatMap(List::stream).mapToDouble(Outcome::whole).min().orElse(0);
        return whole(contender).map(whole -> whole.median() < SLOW * Math.max(1, fastest)).orElse(true);
    }

    /** Takes a result in, if it is right. */
    void add(Contender contender, Outcome outcome) {
        Optional<String> wrong = outcome.failure().or(() -> work.wrong(known, outcome.values()))
                .or(() -> work.untold(told(), outcome.values()));
        if (wrong.isPresent()) {
            out.put(contender, wrong.get());
            outcomes.remove(contender);
            return;
        }
        outcome.values().forEach(known::putIfAbsent);
        outcomes.computeIfAbsent(contender, key -> new ArrayList<>()).add(outcome);
    }

    /** What this program's right runs printed. */
    private Map<String, Double> told() {
        Map<String, Double> told = new HashMap<>();
        outcomes.forEach((contender, list) -> {
            if (contender.ours()) {
                list.forEach(outcome -> outcome.values().forEach(told::putIfAbsent));
            }
        });
        return told;
    }

    /** Why it has no figures. */
    Optional<String> why(Contender contender) {
        return Optional.ofNullable(out.get(contender));
    }

    int runs(Contender contender) {
        return outcomes.getOrDefault(contender, List.of()).size();
    }

    Optional<Spread> computing(Contender contender) {
        return Optional.ofNullable(outcomes.get(contender))
                .map(list -> Spread.of(list.stream().map(Outcome::seconds).toList()));
    }

    Optional<Spread> whole(Contender contender) {
        return Optional.ofNullable(outcomes.get(contender))
                .map(list -> Spread.of(list.stream().map(Outcome::whole).toList()));
    }

    /** The fastest of this program's ways, or of the peers, by the median of computing. */
    Optional<Contender> fastest(boolean ours) {
        return outcomes.keySet().stream().filter(contender -> contender.ours() == ours)
                .min(Comparator.comparingDouble(contender -> computing(contender).orElseThrow().median()));
    }
}
