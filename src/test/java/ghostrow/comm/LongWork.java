package ghostrow.comm;

import ghostrow.spmd.Setting;

/**
 * Two ranks that step, of which one takes three times the stall limit for a step and the other a third of it. Who
 * waits says, in the end, for how many steps.
 *
 * <p>Usage: {@code LongWork --transport NAME --ranks 2}
 */
public final class LongWork {
    private static final double LIMIT = 0.6;
    private static final int STEPS = 2;

    private LongWork() {
    }

    public static void main(String[] args) {
        Setting.find(args[1]).run(2, LongWork::run);
    }

    private static void run(Comm comm) throws InterruptedException {
        comm.barrier();
        comm.waits().limit(comm, LIMIT);
        for (int step = 0; step < STEPS; step++) {
            comm.waits().stepped(step);
            Thread.sleep((long) (LIMIT * 1000 * (comm.rank() == 0 ? 3 : 1.0 / 3)));
            comm.barrier();
        }
        if (comm.rank() == 1) {
            System.out.println("waited for " + STEPS + " steps");
        }
    }
}
