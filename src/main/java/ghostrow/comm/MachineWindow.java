package ghostrow.comm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/** A window of ranks that are processes of one machine. */
public final class MachineWindow implements Comm.Window {
    private final Comm comm;
    private final MachineMemory memory;

    private MachineWindow(Comm comm, MachineMemory memory) {
        this.comm = comm;
        this.memory = memory;
    }

    /** Collective: zeros, or nothing if some of the group's ranks do not share memory, or there is too little of it. */
    public static Optional<Comm.Window> over(Comm comm, long bytes) {
        return MachineMemory.over(comm, bytes).map(memory -> new MachineWindow(comm, memory));
    }

    @Override
    public MemorySegment segment() {
        return memory.segment();
    }

    @Override
    public void fence() {
        VarHandle.fullFence();
        comm.barrier();
        VarHandle.fullFence();
    }

    @Override
    public String kind() {
        return "shared memory of the machine";
    }

    @Override
    public void close() {
        memory.close();
    }
}
