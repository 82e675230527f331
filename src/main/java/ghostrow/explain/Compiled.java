package ghostrow.explain;

import ghostrow.explain.Compilations.Compilation;
import ghostrow.explain.Compilations.Inlining;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says of methods what the JVM made of them. */
final class Compiled {
    private static final int MOST_REASONS = 5;
    private static final String INDENT = "    ";
    private static final String VECTOR_API = "jdk/incubator/vector/";

    /** The Vector API has a class for each kind of vector, which says how wide it is. */
    private static final Pattern WIDTH = Pattern.compile("/(Byte|Short|Int|Long|Float|Double)(\\d+)Vector$");

    private final Page page;
    private final Compilations compilations;

    Compiled(Page page, Compilations compilations) {
        this.page = page;
        this.compilations = compilations;
    }

    void print(MethodName method) {
        String front = String.format("%-26s ", method.label());
        String parts = compilations.holding(method).stream().map(Compilation::method)
                .filter(holder -> holder.folder().equals(method.folder())).map(MethodName::label).sorted().distinct()
                .collect(Collectors.joining(", "));
        compilations.of(method).ifPresentOrElse(compilation -> print(front, compilation),
                () -> page.text(front, parts.isEmpty() ? "interpreted: called too rarely to be compiled"
                        : "compiled only where it is called"));
        if (!parts.isEmpty()) {
            page.text(INDENT, "part of " + parts);
        }
    }

    private void print(String front, Compilation compilation) {
        List<Inlining> calls = compilations.inlinings(compilation);
        List<Inlining> left = calls.stream().filter(call -> !call.done()).toList();
        int done = calls.size() - left.size();
        page.text(front, String.format(Locale.ROOT, "%s %6d bytes %6.1f ms  %d %s inlined%s",
                compilation.compiler().toUpperCase(Locale.ROOT), compilation.bytes(),
                compilation.time().toNanos() / 1e6, done, done == 1 ? "call" : "calls",
                left.isEmpty() ? "" : ", " + left.size() + " not"));
        if (compilation.amid()) {
            page.text(INDENT, "entered amid its loop, which was running already (OSR)");
        }
        // C1 compiles in haste and leaves the most; what matters is what is left in the end.
        if (compilation.full()) {
            reasons(left);
        }
        vectors(compilation.method(), calls);
    }

    private void reasons(List<Inlining> left) {
        Map<String, Long> reasons = left.stream().collect(Collectors.groupingBy(
                call -> call.callee().label() + " (" + call.why() + ")", TreeMap::new, Collectors.counting()));
        reasons.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(MOST_REASONS)
                .forEach(each -> page.text(INDENT, "not inlined: " + each.getKey()
                        + (each.getValue() == 1 ? "" : ", " + each.getValue() + " times")));
        if (reasons.size() > MOST_REASONS) {
            page.text(INDENT, "and " + (reasons.size() - MOST_REASONS) + " others");
        }
    }

    /** Calls of the Vector API that a method makes, by itself and by those of this program that became part of it. */
    private void vectors(MethodName method, List<Inlining> calls) {
        Map<String, Long> operations = calls.stream().filter(Inlining::done)
                .filter(call -> call.caller().folder().equals(method.folder())
                        && call.callee().owner().startsWith(VECTOR_API))
                .collect(Collectors.groupingBy(call -> call.callee().name(), Collectors.counting()));
        if (!operations.isEmpty()) {
            long all = operations.values().stream().mapToLong(Long::longValue).sum();
            page.text(INDENT, all + (all == 1 ? " operation" : " operations") + " of the Vector API" + width(calls)
                    + ": " + operations.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining(", ")));
        }
    }

    private static String width(List<Inlining> calls) {
        return calls.stream().map(call -> WIDTH.matcher(call.callee().owner())).filter(Matcher::find)
                .map(width -> ", on vectors of " + width.group(2) + " bits").findFirst().orElse("");
    }
}
