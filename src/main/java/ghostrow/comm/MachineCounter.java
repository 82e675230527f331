package ghostrow.comm;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * A counter for ranks that are all on one machine: eight bytes of memory that they share. Raising it needs no library and
 * no help from the rank that made it, however busy that is.
 */
public final class MachineCounter implements Comm.Counter {
    /** Tests set it to false: ranks of one machine then count as those of several do, through their library. */
    static final String PROPERTY = "ghostrow.machineCounter";

    private static final VarHandle VALUE = ValueLayout.JAVA_LONG.varHandle();

    private final MachineMemory memory;

    private MachineCounter(MachineMemory memory) {
        this.memory = memory;
    }

    /** Collective: a counter starting at 0, or nothing if some of the group's ranks do not share memory. */
    public static Optional<Comm.Counter> over(Comm comm) {
        return System.getProperty(PROPERTY, "true").equals("false") ? Optional.empty()
                : MachineMemory.over(comm, Long.BYTES).map(MachineCounter::new);
    }

    @Override
    public long getAndAdd(long amount) {
        return (long) VALUE.getAndAdd(memory.segment(), 0L, amount);
    }

    @Override
    public void close() {
        memory.close();
    }
}
