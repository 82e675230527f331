package ghostrow.comm.check;

import ghostrow.comm.Comm;
import ghostrow.comm.check.Waiting.Asking;
import ghostrow.comm.check.Waiting.ForAll;
import ghostrow.comm.check.Waiting.ForAny;
import ghostrow.comm.check.Waiting.ForMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ranks of which none can go on: who waits for whom, and what might be done about it. */
final class Deadlock {
    private static final String SENDS = "a send is complete only when it is received, whatever a library may keep";

    /** Of many ranks in a row the first say what all do. */
    private static final int MOST_LINES = 12;

    private final Baton.Standstill state;
    private final Map<Integer, Waiting> waiting = new TreeMap<>();

    private Deadlock(Baton.Standstill state) {
        this.state = state;
        for (int rank = 0; rank < state.waiting().length; rank++) {
            if (!state.ended()[rank] && state.waiting()[rank] != null) {
                waiting.put(rank, state.waiting()[rank]);
            }
        }
    }

    static Finding of(Baton.Standstill state) {
        return new Deadlock(state).finding();
    }

    private Finding finding() {
        Optional<String> tags = tags();
        Optional<String> meeting = tags.isPresent() ? Optional.empty() : meeting();
        Kind kind = tags.isPresent() ? Kind.TAG : meeting.isPresent() ? Kind.COLLECTIVE : Kind.ORDER;
        List<Place> places = waiting.values().stream().map(Waiting::place).distinct().toList();
        return Finding.among(kind, lines(), tags.or(() -> meeting).orElseGet(this::order), places)
                .called(Kind.ORDER.label());
    }

    /** Ranks that wait for the same at the same place share a line. */
    private List<String> lines() {
        Map<String, List<Integer>> same = new LinkedHashMap<>();
        waiting.forEach((rank, what) -> same.computeIfAbsent(what.shown() + " at " + what.place(), _ -> new ArrayList<>())
                .add(rank));
        List<String> lines = new ArrayList<>();
        same.entrySet().stream().limit(MOST_LINES).forEach(each -> lines.add(line(each.getKey(), each.getValue())));
        if (same.size() > MOST_LINES) {
            lines.add("and so on: " + waiting.size() + " ranks wait in all");
        }
        List<Integer> ended = ended();
        if (!ended.isEmpty()) {
            lines.add(numbers(ended) + (ended.size() == 1 ? " has" : " have") + " ended");
        }
        return lines;
    }

    private static String line(String what, List<Integer> ranks) {
        return numbers(ranks) + (ranks.size() == 1 ? " waits in " : " wait in ") + what;
    }

    private List<Integer> ended() {
        return IntStream.range(0, state.ended().length).filter(rank -> state.ended()[rank]).boxed().toList();
    }

    private static String numbers(List<Integer> ranks) {
        return ranks.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static List<Operation> missing(Waiting what) {
        return switch (what) {
            case ForAll all -> all.operations().stream().filter(each -> !each.isComplete())
                    .map(Operation.class::cast).toList();
            case ForAny any -> any.operations();
            case ForMessage message -> List.of(message.wanted());
            case Asking _ -> List.of();
        };
    }

    /** The first of the receives for which a message is there that has only another tag. */
    private Optional<String> tags() {
        for (Waiting what : waiting.values()) {
            for (Operation operation : missing(what)) {
                if (operation instanceof Post receive && !receive.isOutgoing()) {
                    Optional<Post> other = receive.group().mail().sends().stream()
                            .filter(send -> send.peer() == receive.self() && !receive.takesTag(send)
                                    && (receive.isFromAny() || receive.peer() == send.self())).findFirst();
                    if (other.isPresent()) {
                        return other.map(send -> "rank " + receive.rank().number() + " asks for tag " + receive.tag()
                                + ", but rank " + send.rank().number() + " sends tag " + send.tag() + " at " + send.place()
                                + "; let both name the same");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> meeting() {
        for (Waiting what : waiting.values()) {
            for (Operation operation : missing(what)) {
                if (operation instanceof Part part) {
                    return Optional.of("rank" + (part.meeting().missing().size() == 1 ? " " : "s ")
                            + numbers(part.meeting().missing()) + (part.meeting().missing().size() == 1 ? " does" : " do")
                            + " not come to " + part.shown() + "; all ranks of a group must make its collective calls, in "
                            + "the same order");
                }
            }
        }
        return Optional.empty();
    }

    private String order() {
        List<Post> open = waiting.values().stream().flatMap(what -> missing(what).stream())
                .filter(Post.class::isInstance).map(Post.class::cast).toList();
        Optional<Post> forEnded = open.stream().filter(post -> post.peer() >= 0
                && state.ended()[post.group().world(post.peer())]).findFirst();
        if (forEnded.isPresent()) {
            Post post = forEnded.get();
            int gone = post.group().world(post.peer());
            return post.isOutgoing() ? "rank " + gone + " has ended, and receives no message of tag " + post.tag()
                    + " any more; " + "let it receive as often as the other sends"
                    : "rank " + gone + " has ended, and sends no message" + (post.tag() == Comm.ANY_TAG ? "" : " of tag "
                    + post.tag()) + " any more; let it send as often as the other receives";
        }
        String all = waiting.size() == 2 ? "both" : waiting.size() == 1 ? "it" : "all";
        if (open.isEmpty()) {
            return "nothing that any rank does can give another answer";
        }
        if (open.stream().anyMatch(post -> post.peer() == post.self())) {
            return "a rank that waits for itself never comes to answer; use sendrecv, or isend and irecv";
        }
        if (open.stream().noneMatch(Post::isOutgoing)) {
            return all + " receive first; let one of them send first, or use sendrecv";
        }
        if (open.stream().allMatch(Post::isOutgoing)) {
            return all + " send first, and " + SENDS + "; let one of them receive first, or use sendrecv";
        }
        return "each waits for what another does later; " + SENDS;
    }
}
