package ghostrow.study.bench;

import ghostrow.study.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** A case on so many cores, and what its contenders have come to so far. */
final class Contest {
    /** Times as long as the fastest, and as long in seconds: nothing is learnt from another run. */
    private static final double SLOW = 5;

    private final Case work;
    private final int cores;
    private final List<Contender> contenders = new ArrayList<>();
    /** Why a contender has no figures; it is not run again. */
    private final Map<Contender, String> out = new HashMap<>();
    /** By round, so that runs can be compared that were made soon after each other. */
    private final Map<Contender, Map<Integer, Outcome>> outcomes = new LinkedHashMap<>();
    /** What the right ones printed; this program runs first in the first round, so its values come first. */
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

    /** Who runs after whom in a round, from 1 on: each round begins with another, and every second one goes back. */
    List<Contender> order(int round) {
        List<Contender> order = new ArrayList<>(contenders);
        Collections.rotate(order, 1 - round);
        if (round % 2 == 0) {
            Collections.reverse(order.subList(1, order.size()));
        }
        return order;
    }

    /** Whether it makes sense to run it once more: it is right, and not so slow that once is enough. */
    boolean wants(Contender contender) {
        if (out.containsKey(contender)) {
            return false;
        }
        double fastest = outcomes.values().stream().flatMap(runs -> runs.values().stream())
                .mapToDouble(Outcome::whole).min().orElse(0);
        return whole(contender).map(whole -> whole.median() < SLOW * Math.max(1, fastest)).orElse(true);
    }

    /** Takes a result in, if it is right. */
    void add(int round, Contender contender, Outcome outcome) {
        Optional<String> wrong = outcome.failure().or(() -> work.wrong(known, outcome.values()))
                .or(() -> work.untold(told(), outcome.values()));
        if (wrong.isPresent()) {
            out.put(contender, wrong.get());
            outcomes.remove(contender);
            return;
        }
        outcome.values().forEach(known::putIfAbsent);
        outcomes.computeIfAbsent(contender, key -> new TreeMap<>()).put(round, outcome);
    }

    /** What this program's right runs printed. */
    private Map<String, Double> told() {
        Map<String, Double> told = new HashMap<>();
        outcomes.forEach((contender, runs) -> {
            if (contender.ours()) {
                runs.values().forEach(outcome -> outcome.values().forEach(told::putIfAbsent));
            }
        });
        return told;
    }

    /** Why it has no figures. */
    Optional<String> why(Contender contender) {
        return Optional.ofNullable(out.get(contender));
    }

    int runs(Contender contender) {
        return outcomes.getOrDefault(contender, Map.of()).size();
    }

    Optional<Spread> computing(Contender contender) {
        return spread(contender, Outcome::seconds);
    }

    Optional<Spread> whole(Contender contender) {
        return spread(contender, Outcome::whole);
    }

    private Optional<Spread> spread(Contender contender, ToDoubleFunction<Outcome> time) {
        return Optional.ofNullable(outcomes.get(contender)).map(runs -> Spread.of(runs.values().stream()
                .map(time::applyAsDouble).toList()));
    }

    /** The fastest of this program's ways, or of the peers, by the median. */
    Optional<Contender> fastest(boolean ours, ToDoubleFunction<Outcome> time) {
        return outcomes.keySet().stream().filter(contender -> contender.ours() == ours)
                .min(Comparator.comparingDouble(contender -> spread(contender, time).orElseThrow().median()));
    }

    /**
     * How many times as long a contender takes as this program's fastest way: the median over the rounds that both have
     * run in. A machine that changes its pace from round to round changes it for both.
     */
    Optional<Double> ratio(Contender contender, ToDoubleFunction<Outcome> time) {
        Map<Integer, Outcome> ours = fastest(true, time).map(outcomes::get).orElse(Map.of());
        Map<Integer, Outcome> theirs = outcomes.getOrDefault(contender, Map.of());
        List<Double> ratios = theirs.keySet().stream().filter(ours::containsKey)
                .map(round -> time.applyAsDouble(theirs.get(round)) / time.applyAsDouble(ours.get(round))).toList();
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios).median());
    }
}
