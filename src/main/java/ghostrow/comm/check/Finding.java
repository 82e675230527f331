package ghostrow.comm.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a program.
 *
 * @param label  what people call it
 * @param ranks  whose call it is; empty where the lines name them
 * @param lines  what is wrong; each begins a line of its own
 * @param advice what to do about it
 * @param places the places in the program that it is about
 */
record Finding(Kind kind, String label, SortedSet<Integer> ranks, List<String> lines, String advice, List<Place> places) {
    private static final int WIDTH = 80;

    static Finding of(Kind kind, int rank, String what, String advice, Place... places) {
        return new Finding(kind, kind.label(), new TreeSet<>(List.of(rank)), List.of(what), advice, List.of(places));
    }

    /** Of several ranks, which the lines name. */
    static Finding among(Kind kind, List<String> lines, String advice, List<Place> places) {
        return new Finding(kind, kind.label(), new TreeSet<>(), lines, advice, places);
    }

    /** The same by another name than its kind has. */
    Finding called(String name) {
        return new Finding(kind, name, ranks, lines, advice, places);
    }

    /** Whether it is the same mistake, on whatever rank. */
    boolean isLike(Finding other) {
        return kind == other.kind && places.equals(other.places);
    }

    String told() {
        String head = label + ": ";
        String who = ranks.isEmpty() ? "" : ranks.size() == 1 ? "rank " + ranks.first() + ": "
                : "ranks " + ranks.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ": ";
        List<String> text = new ArrayList<>();
        for (String line : lines) {
            boolean first = text.isEmpty();
            wrap(first ? head : " ".repeat(head.length()), head.length() + (first ? 0 : 2), (first ? who : "") + line, text);
        }
        wrap("", 0, advice, text);
        return String.join("\n", text);
    }

    private static void wrap(String start, int indent, String words, List<String> text) {
        StringBuilder line = new StringBuilder(start);
        boolean empty = true;
        for (String word : words.split(" ")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                text.add(line.toString());
                line = new StringBuilder(" ".repeat(indent));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        text.add(line.toString());
    }
}
