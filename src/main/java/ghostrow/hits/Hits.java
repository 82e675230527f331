package ghostrow.hits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What was counted in a run, by thread. Threads that came to none of the wanted methods do not appear. */
public record Hits(List<OfThread> threads) {

    /**
     * @param name  of the thread
     * @param group of the thread; threads of a rank that is a thread itself are in its group ({@code rank 1})
     */
    public record OfThread(String name, long id, String group, List<OfMethod> methods) {
    }

    /**
     * @param owner      full name of the class, nested ones as {@code Outer$Nested}
     * @param sourceFile without its folder, or empty where the class file names none
     * @param entries    how often it was entered
     * @param lines      hits by line; line 0 stands for code of which no line is known. A line that was not reached
     *                   is there with 0
     */
    public record OfMethod(String owner, String name, String descriptor, String sourceFile, long entries,
            SortedMap<Integer, Long> lines) {

        private OfMethod plus(OfMethod other) {
            SortedMap<Integer, Long> sum = new TreeMap<>(lines);
            other.lines.forEach((line, hits) -> sum.merge(line, hits, Long::sum));
            return new OfMethod(owner, name, descriptor, sourceFile, entries + other.entries, sum);
        }

        /** Whether it is the body of a lambda. */
        public boolean lambda() {
            return name.startsWith("lambda$");
        }

        /** The outermost class, in whose source file it stands. */
        public String outermost() {
            int dollar = owner.indexOf('$');
            return dollar < 0 ? owner : owner.substring(0, dollar);
        }
    }

    /** Of all threads together, in the order in which the classes came and their methods stand there. */
    public List<OfMethod> methods() {
        Map<String, OfMethod> sums = new LinkedHashMap<>();
        threads.forEach(thread -> thread.methods.forEach(method -> sums.merge(
                method.owner + '.' + method.name + method.descriptor, method, OfMethod::plus)));
        return List.copyOf(sums.values());
    }

    /** Hits of all methods by outermost class and line; a lambda on the line of its method counts where it has more. */
    public Map<String, SortedMap<Integer, Long>> byLine() {
        Map<String, SortedMap<Integer, Long>> plain = new LinkedHashMap<>();
        Map<String, SortedMap<Integer, Long>> lambdas = new LinkedHashMap<>();
        for (OfMethod method : methods()) {
            plain.computeIfAbsent(method.outermost(), c -> new TreeMap<>());
            SortedMap<Integer, Long> lines = (method.lambda() ? lambdas : plain)
                    .computeIfAbsent(method.outermost(), c -> new TreeMap<>());
            method.lines.forEach((line, hits) -> lines.merge(line, hits, Long::sum));
        }
        lambdas.forEach((owner, lines) -> lines.forEach((line, hits) -> plain.get(owner).merge(line, hits, Math::max)));
        return plain;
    }

    /** The same of some threads alone, such as those of a rank, or all but one that only warms up. */
    public Hits of(Predicate<OfThread> which) {
        return new Hits(threads.stream().filter(which).toList());
    }

    /** All hits of all lines. */
    public long total() {
        return methods().stream().flatMap(method -> method.lines.values().stream()).mapToLong(hits -> hits).sum();
    }

    /** Reads the numbers of classes. */
    static Hits of(List<Counters> classes) {
        Map<Thread, OfThread> found = new LinkedHashMap<>();
        for (Counters counters : classes) {
            counters.all().forEach((thread, own) -> found.computeIfAbsent(thread, t -> new OfThread(t.getName(),
                    t.threadId(), own.group(), new ArrayList<>())).methods.addAll(read(counters.layout(), own)));
        }
        return new Hits(found.values().stream().sorted(Comparator.comparingLong(OfThread::id)).toList());
    }

    private static List<OfMethod> read(Layout layout, Counters.Own own) {
        return layout.methods().stream().map(method -> {
            SortedMap<Integer, Long> lines = new TreeMap<>();
            method.lines().forEach((line, count) -> lines.put(line, count.of(own.numbers())));
            return new OfMethod(layout.owner(), method.name(), method.descriptor(), layout.sourceFile(),
                    method.entries().of(own.numbers()), lines);
        }).toList();
    }
}
