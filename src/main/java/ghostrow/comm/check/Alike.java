package ghostrow.comm.check;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether the ranks of a collective call ask for the same. */
final class Alike {
    private Alike() {
    }

    /** As soon as two have come. */
    static void check(CheckRun run, Part first, Part second) {
        Act one = first.act();
        Act other = second.act();
        if (one.call() != other.call()) {
            stop(run, Kind.COLLECTIVE, first, one.shown(), second, other.shown(),
                    "all ranks of a group must make the same collective calls in the same order");
        }
        if (one.root() != other.root()) {
            stop(run, Kind.COLLECTIVE, first, one.shown(), second, other.shown(), "let all ranks name the same root");
        }
        if (one.op() != other.op()) {
            stop(run, Kind.MISMATCH, first, one.shown(), second, other.shown(), "let all ranks name the same operation");
        }
        if (one.type() != other.type()) {
            stop(run, Kind.MISMATCH, first, one.shown() + " of " + one.type(), second, other.shown() + " of " + other.type(),
                    "let all ranks name the same type");
        }
        types(run, first, second);
        lengths(run, first, second);
    }

    private static void types(CheckRun run, Part first, Part second) {
        Optional<Class<?>> one = Fits.type(main(first.act()));
        Optional<Class<?>> other = Fits.type(main(second.act()));
        if (one.isPresent() && other.isPresent() && !one.equals(other)) {
            stop(run, Kind.MISMATCH, first, first.act().shown() + " of a " + Fits.name(one.get()), second,
                    second.act().shown() + " of a " + Fits.name(other.get()), "let all arrays be of the same type");
        }
    }

    private static void lengths(CheckRun run, Part first, Part second) {
        long one = length(first.act());
        long other = length(second.act());
        if (one != other) {
            stop(run, Kind.MISMATCH, first, shown(first, one), second, shown(second, other),
                    "let all ranks name the same length" + (first.act().place().call().endsWith("gather")
                    || first.act().place().call().equals("scatter") ? "; for parts of unequal lengths there is "
                    + first.act().place().call() + "v" : ""));
        }
        if (alikeOnAll(first.act()) && !Arrays.equals(first.act().in(), second.act().in())) {
            stop(run, Kind.MISMATCH, first,
                    first.act().shown() + " in parts of " + Arrays.toString(first.act().in()) + " bytes", second,
                    second.act().shown() + " in parts of " + Arrays.toString(second.act().in()) + " bytes",
                    "let all ranks name the same lengths");
        }
    }

    private static String shown(Part part, long bytes) {
        return part.act().shown() + " of " + Fits.length(bytes, Fits.type(main(part.act())));
    }

    private static boolean alikeOnAll(Act act) {
        return switch (act.call()) {
            case ALLGATHERV, REDUCE_SCATTER -> true;
            default -> false;
        };
    }

    /** What an array is taken to be by. */
    private static MemorySegment main(Act act) {
        return act.mine().byteSize() > 0 ? act.mine() : act.result();
    }

    /** What must be as long on all ranks; 0 where nothing must. */
    private static long length(Act act) {
        return switch (act.call()) {
            case BCAST, IBCAST -> main(act).byteSize();
            case SCATTER -> act.result().byteSize();
            case REDUCE, ALLREDUCE, IALLREDUCE, SCAN, EXSCAN, REDUCE_SCATTER, GATHER, ALLGATHER, ALLTOALL ->
                    act.mine().byteSize();
            case WINDOW -> act.number();
            default -> 0;
        };
    }

    /** When all have come: whether each gives what another expects. */
    static void checkParts(CheckRun run, Part[] parts) {
        Act first = parts[0].act();
        for (int from = 0; from < parts.length; from++) {
            for (int to = 0; to < parts.length; to++) {
                switch (first.call()) {
                    case GATHERV -> {
                        if (to == first.root()) {
                            pair(run, parts[from], parts[from].act().mine().byteSize(), parts[to],
                                    parts[to].act().in()[from]);
                        }
                    }
                    case SCATTERV -> {
                        if (from == first.root()) {
                            pair(run, parts[from], parts[from].act().out()[to], parts[to],
                                    parts[to].act().result().byteSize());
                        }
                    }
                    case ALLTOALLV -> pair(run, parts[from], parts[from].act().out()[to], parts[to],
                            parts[to].act().in()[from]);
                    default -> {
                        // All lengths are alike.
                    }
                }
            }
        }
    }

    private static void pair(CheckRun run, Part from, long gives, Part to, long expects) {
        if (gives != expects) {
            int sender = from.rank().number();
            int receiver = to.rank().number();
            run.stop(Finding.among(Kind.MISMATCH, List.of("rank " + sender + " gives rank " + receiver + " "
                    + Fits.length(gives, Fits.type(main(from.act()))) + " in " + from.act().shown() + " at " + from.place()
                    + ", and rank " + receiver + " expects " + Fits.length(expects, Fits.type(main(to.act())))
                    + " in its at " + to.place()), "let both name the same length", List.of(from.place(), to.place())));
        }
    }

    private static void stop(CheckRun run, Kind kind, Part first, String one, Part second, String other, String advice) {
        run.stop(Finding.among(kind, List.of("rank " + first.rank().number() + " calls " + one + " at " + first.place(),
                "rank " + second.rank().number() + " calls " + other + " at " + second.place()), advice,
                List.of(first.place(), second.place())));
    }
}
