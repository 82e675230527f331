package ghostrow.comm;

import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** The calls of {@link Comm} for any serializable objects: convenient, at the price of writing and reading them. */
public sealed interface ObjectCalls permits Comm {

    private Comm comm() {
        return (Comm) this;
    }

    default void sendObject(Serializable object, int to, int tag) {
        if (to == Comm.PROC_NULL) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = ObjectMessages.write(object, arena);
            comm().send(arena.allocateFrom(ValueLayout.JAVA_LONG, bytes.byteSize()), to, tag);
            comm().send(bytes, to, tag);
        }
    }

    /** Receives what {@link #sendObject} sent; {@code null} from {@link Comm#PROC_NULL}. */
    default Object recvObject(int from, int tag) {
        if (from == Comm.PROC_NULL) {
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
            Comm.Status first = comm().recv(length, from, tag);
            MemorySegment bytes = arena.allocate(length.get(ValueLayout.JAVA_LONG, 0));
            comm().recv(bytes, first.source(), first.tag());
            return ObjectMessages.read(bytes);
        }
    }

    /** Collective: {@code root}'s object, on all ranks; what the others name does not count. */
    @SuppressWarnings("unchecked")
    default <T extends Serializable> T bcastObject(T object, int root) {
        Checks.root(root, comm().size());
        boolean mine = comm().rank() == root;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = mine ? ObjectMessages.write(object, arena) : MemorySegment.NULL;
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_LONG, bytes.byteSize());
            comm().bcast(length, root);
            if (!mine) {
                bytes = arena.allocate(length.get(ValueLayout.JAVA_LONG, 0));
            }
            comm().bcast(bytes, root);
            return mine ? object : (T) ObjectMessages.read(bytes);
        }
    }

    /** Collective: all ranks' objects in rank order at {@code root}, and an empty list elsewhere. */
    default <T extends Serializable> List<T> gatherObjects(T object, int root) {
        Checks.root(root, comm().size());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = ObjectMessages.write(object, arena);
            MemorySegment lengths = arena.allocate(ValueLayout.JAVA_LONG, comm().size());
            comm().gather(arena.allocateFrom(ValueLayout.JAVA_LONG, mine.byteSize()), lengths, root);
            long[] bytes = lengths.toArray(ValueLayout.JAVA_LONG);
            MemorySegment all = arena.allocate(total(bytes));
            comm().gatherv(mine, all, bytes, root);
            return comm().rank() == root ? read(all, bytes) : List.of();
        }
    }

    /** Collective: all ranks' objects in rank order. */
    default <T extends Serializable> List<T> allgatherObjects(T object) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = ObjectMessages.write(object, arena);
            MemorySegment lengths = arena.allocate(ValueLayout.JAVA_LONG, comm().size());
            comm().allgather(arena.allocateFrom(ValueLayout.JAVA_LONG, mine.byteSize()), lengths);
            long[] bytes = lengths.toArray(ValueLayout.JAVA_LONG);
            MemorySegment all = arena.allocate(total(bytes));
            comm().allgatherv(mine, all, bytes);
            return read(all, bytes);
        }
    }

    /** Collective: each rank gets its one of {@code root}'s objects; what the others name does not count. */
    @SuppressWarnings("unchecked")
    default <T extends Serializable> T scatterObjects(List<T> objects, int root) {
        Checks.root(root, comm().size());
        boolean atRoot = comm().rank() == root;
        try (Arena arena = Arena.ofConfined()) {
            long[] bytes = new long[comm().size()];
            MemorySegment all = MemorySegment.NULL;
            if (atRoot) {
                Checks.objects(objects, bytes.length);
                List<MemorySegment> parts = objects.stream().map(object -> ObjectMessages.write(object, arena)).toList();
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = parts.get(i).byteSize();
                }
                all = arena.allocate(total(bytes));
                long at = 0;
                for (MemorySegment part : parts) {
                    MemorySegment.copy(part, 0, all, at, part.byteSize());
                    at += part.byteSize();
                }
            }
            MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
            comm().scatter(arena.allocateFrom(ValueLayout.JAVA_LONG, bytes), length, root);
            MemorySegment mine = arena.allocate(length.get(ValueLayout.JAVA_LONG, 0));
            comm().scatterv(all, bytes, mine, root);
            return (T) ObjectMessages.read(mine);
        }
    }

    private static long total(long[] bytes) {
        long total = 0;
        for (long part : bytes) {
            total += part;
        }
        return total;
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> read(MemorySegment all, long[] bytes) {
        List<T> objects = new ArrayList<>(bytes.length);
        long at = 0;
        for (long part : bytes) {
            objects.add((T) ObjectMessages.read(all.asSlice(at, part)));
            at += part;
        }
        return objects;
    }
}
