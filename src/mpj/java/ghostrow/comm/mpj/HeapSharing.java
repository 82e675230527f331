package ghostrow.comm.mpj;

import ghostrow.comm.Comm;
import ghostrow.comm.JvmWindow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

/**
 * For ranks that are threads of one JVM, which share all of its memory anyway.
 *
 * @param meeting where the ranks find what one of them has made
 */
record HeapSharing(ConcurrentMap<String, MemorySegment> meeting) implements Sharing {
    private static final VarHandle VALUE = ValueLayout.JAVA_LONG.varHandle();

    @Override
    public Comm.Counter counter(String name, Comm group) {
        MemorySegment number = shared(name, Long.BYTES, group);
        return new Comm.Counter() {
            @Override
            public long getAndAdd(long amount) {
                return (long) VALUE.getAndAdd(number, 0L, amount);
            }

            @Override
            public void close() {
                // The collector takes it.
            }
        };
    }

    @Override
    public Optional<Comm.Window> window(String name, long bytes, Comm group) {
        return Optional.of(new JvmWindow(group, shared(name, bytes, group)));
    }

    private MemorySegment shared(String name, long bytes, Comm group) {
        MemorySegment memory = meeting.computeIfAbsent(name, _ -> JvmWindow.memory(bytes));
        group.barrier(); // or the first rank could remove it before the last one has found it
        meeting.remove(name);
        return memory;
    }
}
