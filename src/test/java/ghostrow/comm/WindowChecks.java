package ghostrow.comm;

import static ghostrow.comm.Check.around;
import static ghostrow.comm.Check.same;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Window;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;

/**
 * Memory that all ranks have in common, where they have any; a transport that shares none says so to all ranks. Which
 * ones share is said by the tests of the apps that need it.
 */
final class WindowChecks {
    private static final VarHandle VALUE = ValueLayout.JAVA_LONG.varHandle();
    private static final long MUCH = 1 << 20;
    private static final int RAISES = 1000;
    private static final int ROUNDS = 5;

    private WindowChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("a window is all ranks' or nobody's", WindowChecks::together),
                new Check("a window starts with zeros", WindowChecks::zeros),
                new Check("what is written before a fence is read after it", WindowChecks::fences),
                new Check("numbers in a window are raised in one step", WindowChecks::raises),
                new Check("two windows at once", WindowChecks::two),
                new Check("windows one after another start with zeros", WindowChecks::sequence),
                new Check("window of a group", WindowChecks::ofGroup),
                new Check("the ranks of a node share a window", WindowChecks::ofNode),
                new Check("a window may be closed twice", WindowChecks::closedTwice));
    }

    /** A check that holds where there is no window. */
    @FunctionalInterface
    private interface Body {
        void run(Comm comm, Window window);
    }

    private static void in(Comm comm, long bytes, Body body) {
        Optional<Window> window = comm.window(bytes);
        long shared = window.isPresent() ? 1 : 0;
        same(comm.allreduce(Op.MAX, shared), comm.allreduce(Op.MIN, shared), "whether this rank shares, as others do,");
        window.ifPresent(found -> {
            try (found) {
                same(bytes, found.segment().byteSize(), "the window's length");
                body.run(comm, found);
            }
        });
    }

    private static void together(Comm comm, Arena arena) {
        in(comm, 1, (_, window) -> {
            if (window.kind().isBlank()) {
                throw new AssertionError("the window does not say what it is");
            }
        });
    }

    private static void zeros(Comm comm, Arena arena) {
        in(comm, MUCH + 3, (_, window) -> same(-1, window.segment()
                .mismatch(arena.allocate(MUCH + 3)), "the first byte of a new window that is no zero"));
    }

    /** Each rank writes a part and reads those of all. */
    private static void fences(Comm comm, Arena arena) {
        in(comm, (long) Long.BYTES * comm.size(), (_, window) -> {
            for (int round = 1; round <= ROUNDS; round++) {
                window.segment().setAtIndex(ValueLayout.JAVA_LONG, comm.rank(), told(comm.rank(), round));
                window.fence();
                for (int rank = 0; rank < comm.size(); rank++) {
                    same(told(rank, round), window.segment().getAtIndex(ValueLayout.JAVA_LONG, rank),
                            "what rank " + rank + " has written in round " + round);
                }
                window.fence();
            }
        });
    }

    private static long told(int rank, int round) {
        return 1000L * round + rank;
    }

    private static void raises(Comm comm, Arena arena) {
        in(comm, Long.BYTES, (_, window) -> {
            for (int i = 0; i < RAISES; i++) {
                VALUE.getAndAdd(window.segment(), 0L, 1L);
            }
            window.fence();
            same((long) RAISES * comm.size(), window.segment().get(ValueLayout.JAVA_LONG, 0), "the number in the end");
        });
    }

    private static void two(Comm comm, Arena arena) {
        in(comm, 8, (_, one) -> in(comm, 8, (_, other) -> {
            if (comm.rank() == 0) {
                one.segment().set(ValueLayout.JAVA_LONG, 0, 1);
                other.segment().set(ValueLayout.JAVA_LONG, 0, 2);
            }
            one.fence();
            same(1, one.segment().get(ValueLayout.JAVA_LONG, 0), "the number in the first");
            same(2, other.segment().get(ValueLayout.JAVA_LONG, 0), "the number in the second");
            one.fence();
        }));
    }

    private static void sequence(Comm comm, Arena arena) {
        for (int i = 0; i < ROUNDS; i++) {
            in(comm, 8, (_, window) -> {
                same(0, window.segment().get(ValueLayout.JAVA_LONG, 0), "the number in a new window");
                window.fence();
                window.segment().set(ValueLayout.JAVA_LONG, 0, 42);
            });
        }
    }

    /** Another group's window, made at the same time, is another one. */
    private static void ofGroup(Comm comm, Arena arena) {
        int colour = comm.rank() % 2;
        try (Comm half = comm.split(colour, 0)) {
            in(half, (long) Long.BYTES * half.size(), (_, window) -> {
                MemorySegment cells = window.segment();
                cells.setAtIndex(ValueLayout.JAVA_LONG, half.rank(), told(half.rank(), colour));
                window.fence();
                int neighbour = around(half, 1);
                same(told(neighbour, colour), cells.getAtIndex(ValueLayout.JAVA_LONG, neighbour),
                        "what the neighbour in the group has written");
                window.fence();
            });
        }
    }

    private static void ofNode(Comm comm, Arena arena) {
        try (Comm node = comm.node()) {
            same(comm.size(), node.size(), "the number of ranks on this machine");
            same(comm.rank(), node.rank(), "the rank on this machine");
            Optional<Window> any = node.window(8);
            same(true, any.isPresent(), "whether they share a window");
            any.ifPresent(Window::close);
            in(node, Long.BYTES * (long) node.size(), (_, window) -> {
                window.segment().setAtIndex(ValueLayout.JAVA_LONG, node.rank(), told(node.rank(), 9));
                window.fence();
                int neighbour = around(node, 1);
                same(told(neighbour, 9), window.segment().getAtIndex(ValueLayout.JAVA_LONG, neighbour),
                        "what the neighbour on the machine has written");
                window.fence();
            });
        }
    }

    private static void closedTwice(Comm comm, Arena arena) {
        in(comm, 8, (_, window) -> window.close());
    }
}
