package ghostrow.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the JVM compiled while something ran, and what it made part of what, by its own flight recorder.
 *
 * @param recorded   whether there is a recorder
 * @param inlinings  by the number of the compilation
 */
record Compilations(boolean recorded, List<Compilation> all, Map<Integer, List<Inlining>> inlinings) {
    private static final String COMPILATION = "jdk.Compilation";
    private static final String INLINING = "jdk.CompilerInlining";

    /** Of a compilation; the JDK spells it so. */
    private static final String SUCCEEDED = "succeded";

    /** The level of code that is compiled by C2, with all that was learnt before. */
    private static final int FULL = 4;

    /**
     * A method that was compiled.
     *
     * @param amid whether to be entered amid a loop that was running already ("on-stack replacement")
     */
    record Compilation(int id, MethodName method, String compiler, int level, boolean amid, long bytes,
            Duration time) {
        boolean full() {
            return level == FULL;
        }
    }

    /**
     * A call that the compiler looked at.
     *
     * @param done whether the callee's code stands there in place of the call
     * @param why  in the compiler's words
     */
    record Inlining(MethodName caller, MethodName callee, boolean done, String why) {
    }

    /** Runs something again and again, for so long. Where the JVM has no recorder there is nothing to wait for. */
    static Compilations during(Runnable loops, Duration time) {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            return new Compilations(false, List.of(), Map.of());
        }
        try (Recording recording = new Recording()) {
            recording.enable(COMPILATION).withThreshold(Duration.ZERO);
            recording.enable(INLINING);
            recording.start();
            long end = System.nanoTime() + time.toNanos();
            do {
                loops.run();
            } while (System.nanoTime() < end);
            recording.stop();
            return read(recording);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A recording can be read from a file only. */
    private static Compilations read(Recording recording) throws IOException {
        Path file = Files.createTempFile("ghostrow", ".jfr");
        try {
            recording.dump(file);
            List<Compilation> all = new ArrayList<>();
            Map<Integer, List<Inlining>> inlinings = new HashMap<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.hasField(SUCCEEDED) && !event.getBoolean(SUCCEEDED)) {
                    continue;
                }
                switch (event.getEventType().getName()) {
                    case COMPILATION -> all.add(compilation(event));
                    case INLINING -> inlinings.computeIfAbsent(event.getInt("compileId"), _ -> new ArrayList<>())
                            .add(inlining(event));
                    default -> { }
                }
            }
            all.sort(Comparator.comparingInt(Compilation::id));
            return new Compilations(true, all, inlinings);
        } finally {
            Files.delete(file);
        }
    }

    private static Compilation compilation(RecordedEvent event) {
        return new Compilation(event.getInt("compileId"), name(event.getValue("method")), event.getString("compiler"),
                event.getShort("compileLevel"), event.getBoolean("isOsr"), event.getLong("codeSize"),
                event.getDuration());
    }

    private static Inlining inlining(RecordedEvent event) {
        RecordedObject callee = event.getValue("callee");
        return new Inlining(name(event.getValue("caller")), new MethodName(
                callee.getString("type"), callee.getString("name"), callee.getString("descriptor")),
                event.getBoolean("succeeded"), event.getString("message"));
    }

    private static MethodName name(RecordedMethod method) {
        return new MethodName(method.getType().getName().replace('.', '/'), method.getName(), method.getDescriptor());
    }

    /** The last and best that was made of a method: to be entered at its begin, if there is such. */
    Optional<Compilation> of(MethodName method) {
        return all.stream().filter(each -> each.method.equals(method)).max(Comparator
                .comparingInt(Compilation::level).thenComparing(each -> !each.amid).thenComparingInt(Compilation::id));
    }

    /** The code that is run in the end: a method's own, or that of one that it has become a part of. */
    Optional<Compilation> running(MethodName method) {
        return of(method).filter(Compilation::full).or(() -> holding(method).stream().findFirst());
    }

    List<Inlining> inlinings(Compilation compilation) {
        return inlinings.getOrDefault(compilation.id, List.of());
    }

    /** Fully compiled methods that a method has become a part of, each by its last compilation. */
    List<Compilation> holding(MethodName method) {
        Map<MethodName, Compilation> holders = new LinkedHashMap<>();
        for (Compilation each : all) {
            if (each.full() && inlinings(each).stream().anyMatch(call -> call.done && call.callee.equals(method))) {
                holders.put(each.method, each);
            }
        }
        return List.copyOf(holders.values());
    }

    /** Whether it was called often enough for a compiler to care; where none is at work it may have been. */
    boolean busy(MethodName method) {
        return all.isEmpty() || of(method).isPresent() || !holding(method).isEmpty();
    }
}
