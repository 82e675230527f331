package ghostrow.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import one.jfr.ClassRef;
import one.jfr.JfrReader;
import one.jfr.MethodRef;
import one.jfr.StackTrace;
import one.jfr.event.AllocationSample;
import one.jfr.event.Event;
import one.jfr.event.ExecutionSample;

/** The samples of a process, read one after the other. */
final class Recording {
    /** Who waits in there waits for a line of the program that calls it. */
    private static final String MESSAGES = "ghostrow.comm.";

    private final Path file;
    private final Frames frames;
    private final Map<Integer, Stack> stacks = new HashMap<>();

    /**
     * @param frames the outermost first
     * @param place  the innermost line of the program's own; null if there is none
     */
    record Stack(int[] frames, Place place) {
    }

    /** Is told of each sample. */
    interface Reader {
        /** @param count how many it stands for */
        void ran(long epochNanos, String thread, Stack stack, long count);

        void allocated(long epochNanos, String thread, Stack stack, long bytes);
    }

    Recording(Path file, Frames frames) {
        this.file = file;
        this.frames = frames;
    }

    /** Whether it was read to an end that somebody had written. */
    boolean read(Reader reader) {
        if (!Files.exists(file)) {
            return false;
        }
        try (JfrReader jfr = new JfrReader(file.toString())) {
            jfr.stopAtNewChunk = true;
            while (jfr.hasMoreChunks()) {
                stacks.clear();
                for (Event event = jfr.readEvent(); event != null; event = jfr.readEvent()) {
                    tell(jfr, event, reader);
                }
            }
            return !jfr.incomplete();
        } catch (IOException | RuntimeException e) {
            // What a process leaves that is killed ends anywhere.
            return false;
        }
    }

    private void tell(JfrReader jfr, Event event, Reader reader) {
        if (!(event instanceof ExecutionSample) && !(event instanceof AllocationSample)) {
            return;
        }
        Stack stack = stacks.computeIfAbsent(event.stackTraceId, id -> stack(jfr, jfr.stackTraces.get(id)));
        String thread = jfr.threads.get(event.tid);
        long at = jfr.eventTimeToNanos(event.time);
        if (event instanceof ExecutionSample sample) {
            reader.ran(at, thread == null ? "" : thread, stack, Math.max(1, sample.samples()));
        } else {
            reader.allocated(at, thread == null ? "" : thread, stack, event.value());
        }
    }

    private Stack stack(JfrReader jfr, StackTrace trace) {
        List<Integer> outermostLast = new ArrayList<>();
        Place place = null;
        for (int i = 0; trace != null && i < trace.methods.length; i++) {
            MethodRef method = jfr.methods.get(trace.methods[i]);
            if (method == null) {
                continue;
            }
            ClassRef owner = jfr.classes.get(method.cls);
            String type = owner == null ? "" : text(jfr.symbols.get(owner.name)).replace('/', '.');
            String name = text(jfr.symbols.get(method.name));
            String full = Frames.name(type, name);
            if (!full.isEmpty()) {
                outermostLast.add(frames.number(full));
                // With its method's name, since a class of the user's own may be in no package.
                if (place == null && !type.isEmpty() && Frames.isProgram(type + "." + name) && !type.startsWith(MESSAGES)) {
                    place = new Place(type, name, trace.locations[i] >>> 16);
                }
            }
        }
        int[] stack = new int[outermostLast.size()];
        for (int i = 0; i < stack.length; i++) {
            stack[i] = outermostLast.get(stack.length - 1 - i);
        }
        return new Stack(stack, place);
    }

    private static String text(byte[] symbol) {
        return symbol == null ? "" : new String(symbol, StandardCharsets.UTF_8);
    }
}
