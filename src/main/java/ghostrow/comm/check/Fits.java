package ghostrow.comm.check;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;

/** Whether a message and the room for it fit each other. */
final class Fits {
    private static final Map<Class<?>, Integer> BYTES = Map.of(byte[].class, 1, int[].class, 4, long[].class, 8,
            float[].class, 4, double[].class, 8, short[].class, 2, char[].class, 2);

    private Fits() {
    }

    static void check(CheckRun run, Post send, Post receive) {
        String sent = "rank " + send.rank().number() + " sends ";
        String from = " from rank " + send.rank().number();
        int to = receive.rank().number();
        if (isOfObject(send) != isOfObject(receive)) {
            run.stop(Finding.of(Kind.MISMATCH, to, receive.place().call() + " at " + receive.place() + from + ", who calls "
                    + send.place().call() + " at " + send.place(),
                    "sendObject and recvObject belong together, as do send and recv", receive.place(), send.place()));
        }
        Optional<Class<?>> out = type(send.memory());
        Optional<Class<?>> in = type(receive.memory());
        if (out.isPresent() && in.isPresent() && !out.equals(in) && send.memory().byteSize() > 0) {
            run.stop(Finding.of(Kind.MISMATCH, to, "receives into a " + name(in.get()) + " at " + receive.place() + ", but "
                    + sent + "a " + name(out.get()) + " at " + send.place(), "let both be of the same type",
                    receive.place(), send.place()));
        }
        long bytes = send.memory().byteSize();
        long room = receive.memory().byteSize();
        if (bytes > room) {
            run.stop(Finding.of(Kind.MISMATCH, to, "has room for " + length(room, in) + " at " + receive.place() + ", but "
                    + sent + length(bytes, out) + " at " + send.place(), "offer more room, or send less", receive.place(),
                    send.place()));
        }
        if (in.isPresent() && out.isEmpty() && bytes % BYTES.get(in.get()) != 0) {
            run.stop(Finding.of(Kind.MISMATCH, to, "receives into a " + name(in.get()) + " at " + receive.place() + ", but "
                    + sent + bytes + " bytes at " + send.place() + ", which are not whole elements",
                    "let both be of the same type", receive.place(), send.place()));
        }
    }

    private static boolean isOfObject(Post post) {
        return post.place().call().endsWith("Object");
    }

    /** The array that memory lies in; nothing where it lies outside of Java's heap. */
    static Optional<Class<?>> type(MemorySegment memory) {
        return memory.heapBase().map(Object::getClass);
    }

    static String name(Class<?> array) {
        return array.getSimpleName();
    }

    static String length(long bytes, Optional<Class<?>> array) {
        if (array.isEmpty()) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        String type = name(array.get()).replace("[]", "");
        long count = bytes / BYTES.get(array.get());
        return count + " " + type + (count == 1 ? "" : "s");
    }
}
