package ghostrow.comm;

import ghostrow.spmd.Setting;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * A program in which one rank goes wrong while the others wait for it, one in a receive and the rest in a
 * barrier.
 *
 * <p>Usage: {@code Fault --transport NAME --ranks N --kind KIND}
 */
public final class Fault {

    /** What goes wrong. */
    enum Kind {
        /** The rank's program throws, and a thread that is no daemon goes on. */
        THROWS {
            @Override
            void happen(Comm comm) {
                Thread.ofPlatform().start(Fault::sleepForever);
                throw new IllegalStateException("the program went wrong");
            }
        },
        /** The rank throws within the scope of a counter that it shares with the others. */
        THROWS_BESIDE_A_COUNTER {
            @Override
            void happen(Comm comm) {
                try (Comm.Counter counter = comm.counter()) {
                    counter.getAndAdd(1);
                    throw new IllegalStateException("the program went wrong");
                }
            }

            @Override
            void share(Comm comm) {
                try (Comm.Counter counter = comm.counter()) {
                    counter.getAndAdd(1);
                    waitFor(comm);
                }
            }
        },
        /** The rank throws while the others are making a counter, and have been at it for a second. */
        THROWS_BEFORE_A_COUNTER {
            @Override
            void happen(Comm comm) {
                pause(1000);
                throw new IllegalStateException("the program went wrong");
            }

            @Override
            void share(Comm comm) {
                comm.counter().close();
            }
        },
        /** The rank throws within the scope of an exchange whose messages are under way, and of a group. */
        THROWS_AMID_AN_EXCHANGE {
            @Override
            void happen(Comm comm) {
                inAnExchange(comm, () -> {
                    throw new IllegalStateException("the program went wrong");
                });
            }

            @Override
            void share(Comm comm) {
                inAnExchange(comm, () -> waitFor(comm));
            }
        },
        /** A second thread of the rank throws, while its first thread waits like the others. */
        THREAD_THROWS {
            @Override
            void happen(Comm comm) {
                Thread.ofPlatform().start(() -> {
                    throw new IllegalStateException("a thread went wrong");
                });
                comm.barrier();
            }
        },
        /** The rank leaves as if all were well. */
        EXITS_WITH_0 {
            @Override
            void happen(Comm comm) {
                System.exit(0);
            }
        },
        /** The rank has a reason that its user understands, and an exit code for it. */
        EXITS_WITH_3 {
            @Override
            void happen(Comm comm) {
                throw new RankExit(3, "rank " + comm.rank() + " cannot read its input");
            }
        },
        ABORTS_WITH_77 {
            @Override
            void happen(Comm comm) {
                comm.abort(77);
            }
        },
        /** As the kernel does when memory runs out. */
        KILLED {
            @Override
            void happen(Comm comm) throws IOException {
                signal("-KILL");
            }
        },
        /** As a batch system does before it kills. */
        TERMINATED {
            @Override
            void happen(Comm comm) throws IOException {
                signal("-TERM");
            }
        },
        /** The rank is not heard of any more, as one on a host that is lost; all others wait for its message. */
        STALLS_A_RECEIVE {
            @Override
            void happen(Comm comm) {
                sleepForever();
            }

            @Override
            void share(Comm comm) {
                limitWaits(comm);
                try (Arena arena = Arena.ofConfined()) {
                    comm.recv(arena.allocate(8), faulty(comm), 0);
                }
            }
        },
        STALLS_AN_EXCHANGE {
            @Override
            void happen(Comm comm) {
                sleepForever();
            }

            @Override
            void share(Comm comm) {
                limitWaits(comm);
                try (Arena arena = Arena.ofShared();
                        Comm.Exchange exchange = comm.exchange(List.of(
                                Comm.Message.from(faulty(comm), arena.allocate(1000), 1),
                                Comm.Message.from(Comm.PROC_NULL, arena.allocate(1000), 2)))) {
                    exchange.start();
                    exchange.await();
                }
            }
        },
        STALLS_A_BARRIER {
            @Override
            void happen(Comm comm) {
                sleepForever();
            }

            @Override
            void share(Comm comm) {
                limitWaits(comm);
                comm.barrier();
            }
        },
        /** Nothing: the ranks wait for somebody outside to end them. */
        WAITS {
            @Override
            void happen(Comm comm) {
                sleepForever();
            }
        };

        /** What the faulty rank does. */
        abstract void happen(Comm comm) throws IOException;

        /** What the others do meanwhile. */
        void share(Comm comm) {
            waitFor(comm);
        }
    }

    private Fault() {
    }

    public static void main(String[] args) {
        String transport = args[1];
        int ranks = Integer.parseInt(args[3]);
        Kind kind = Kind.valueOf(args[5]);
        Setting.find(transport).run(ranks, comm -> run(comm, kind));
    }

    /** What a rank says, followed by its process's number, just before one of them goes wrong. */
    static String waiting(int rank) {
        return "waiting, " + rank + " as process ";
    }

    static final double STALL_LIMIT = 1;

    private static void limitWaits(Comm comm) {
        comm.waits().limit(comm, STALL_LIMIT);
        comm.waits().stepped(7);
    }

    private static int faulty(Comm comm) {
        return comm.size() / 2;
    }

    private static void run(Comm comm, Kind kind) throws IOException {
        comm.barrier();
        System.out.println(waiting(comm.rank()) + ProcessHandle.current().pid());
        if (comm.rank() == faulty(comm)) {
            kind.happen(comm);
            sleepForever();
        }
        kind.share(comm);
    }

    private static void waitFor(Comm comm) {
        if (comm.rank() == 0) {
            try (Arena arena = Arena.ofConfined()) {
                comm.recv(arena.allocate(8), faulty(comm), 0);
            }
        }
        comm.barrier();
    }

    /** The neighbours' messages for this rank are on their way, except the faulty one's: it sends none. */
    private static void inAnExchange(Comm comm, Runnable meanwhile) {
        int above = comm.rank() == 0 ? Comm.PROC_NULL : comm.rank() - 1;
        int below = comm.rank() == comm.size() - 1 ? Comm.PROC_NULL : comm.rank() + 1;
        try (Arena arena = Arena.ofShared();
                Comm group = comm.split(0, comm.rank());
                Comm.Exchange exchange = group.exchange(List.of(
                        Comm.Message.from(above, arena.allocate(1000), 1),
                        Comm.Message.from(below, arena.allocate(1000), 2)))) {
            exchange.start();
            meanwhile.run();
        }
    }

    private static void signal(String signal) throws IOException {
        new ProcessBuilder("kill", signal, Long.toString(ProcessHandle.current().pid())).inheritIO().start();
        sleepForever();
    }

    private static void sleepForever() {
        pause(Long.MAX_VALUE);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
