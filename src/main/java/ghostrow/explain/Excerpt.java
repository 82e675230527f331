package ghostrow.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown of a method's source: all of it, or where it is long its loop, or where that is long as much as fits.
 *
 * @param lines numbers of lines, in order
 */
record Excerpt(Reach.Method method, Optional<Source> source, List<Integer> lines, int cut) {
    private static final int SHORT = 30;

    static Excerpt of(Reach.Method method, Optional<Source> source, int most) {
        Map<Integer, Cost> costs = method.code().costs();
        if (source.isEmpty()) {
            return new Excerpt(method, source, List.copyOf(costs.keySet()), 0);
        }
        int first = costs.keySet().stream().mapToInt(Integer::intValue).min().orElse(1);
        int signature = source.get().signature(method.code().name().name(), first);
        int end = source.get().end(signature);
        List<Integer> lines = new ArrayList<>();
        if (end - signature < SHORT || method.code().loops().isEmpty()) {
            range(signature, end, lines);
        } else {
            lines.add(signature);
            List<Integer> inLoops = method.code().loops().stream().flatMap(loop -> method.code().steps(loop).stream())
                    .map(Code.Step::line).sorted().toList();
            int begin = inLoops.getFirst();
            range(begin, Math.max(inLoops.getLast(), source.get().end(begin)), lines);
        }
        int fitting = Math.min(lines.size(), most);
        return new Excerpt(method, source, List.copyOf(lines.subList(0, fitting)), lines.size() - fitting);
    }

    private static void range(int first, int last, List<Integer> lines) {
        for (int line = first; line <= last; line++) {
            lines.add(line);
        }
    }

    boolean isLong() {
        return lines.size() > SHORT;
    }

    int size() {
        return lines.size();
    }

    void print(Page page) {
        Map<Integer, Cost> costs = method.code().costs();
        String file = source.map(Source::file).orElse("its source is not in this copy");
        page.heading(method.code().name().label() + " (" + file + ")");
        int margin = source.map(text -> text.line(lines.getFirst())).map(line -> line.length()
                - line.stripLeading().length()).orElse(0);
        int before = lines.getFirst() - 1;
        for (int number : lines) {
            if (number > before + 1) {
                page.text("        ...");
            }
            String text = source.map(all -> all.line(number)).orElse("");
            page.costed(costs.getOrDefault(number, Cost.NOTHING), String.format("%4d  ", number),
                    text.length() > margin ? text.substring(margin) : text.strip());
            before = number;
        }
        if (cut > 0) {
            page.text("        ... and " + cut + " more lines");
        }
    }
}
