package ghostrow.comm;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Arrays that are combined, by every operation and of every type that has it. Fractions are such that no sum or product of
 * them is rounded, in whatever order.
 */
final class ReductionChecks {
    private static final Set<Op> OF_FRACTIONS = EnumSet.of(Op.SUM, Op.PROD, Op.MIN, Op.MAX, Op.MINLOC, Op.MAXLOC);
    private static final Set<Op> OF_PAIRS = EnumSet.of(Op.MINLOC, Op.MAXLOC);
    private static final int[] LENGTHS = {2, 1500};

    private ReductionChecks() {
    }

    static List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (Type type : Type.values()) {
            for (Op op : Op.values()) {
                if (isFraction(type) && !OF_FRACTIONS.contains(op)) {
                    continue;
                }
                Numbers numbers = new Numbers(op, type);
                String what = op + " of " + type;
                checks.add(new Check("reduce " + what + " to every root",
                        (comm, arena) -> reduce(comm, arena, numbers)));
                checks.add(new Check("allreduce " + what, (comm, arena) -> allreduce(comm, arena, numbers)));
                checks.add(new Check("scan and exscan " + what, (comm, arena) -> scan(comm, arena, numbers)));
                checks.add(new Check("reduceScatter " + what, (comm, arena) -> reduceScatter(comm, arena, numbers)));
            }
        }
        return checks;
    }

    private static boolean isFraction(Type type) {
        return type == Type.FLOAT || type == Type.DOUBLE;
    }

    private static void reduce(Comm comm, Arena arena, Numbers numbers) {
        for (int root = 0; root < comm.size(); root++) {
            int length = root % 2 == 0 ? 2000 : 2;
            Buffer mine = numbers.of(arena, comm.rank(), length);
            Buffer result = numbers.room(arena, length);
            boolean atRoot = comm.rank() == root;
            comm.reduce(numbers.op, numbers.type, mine.bytes(), atRoot ? result.bytes() : MemorySegment.NULL, root);
            if (atRoot) {
                numbers.expect(result, 0, comm.size());
            } else {
                result.expectUntouched();
            }
        }
    }

    private static void allreduce(Comm comm, Arena arena, Numbers numbers) {
        for (int length : LENGTHS) {
            Buffer mine = numbers.of(arena, comm.rank(), length);
            Buffer result = numbers.room(arena, length);
            comm.allreduce(numbers.op, numbers.type, mine.bytes(), result.bytes());
            numbers.expect(result, 0, comm.size());
            comm.allreduce(numbers.op, numbers.type, mine.bytes(), mine.bytes());
            numbers.expect(mine, 0, comm.size());
        }
    }

    private static void scan(Comm comm, Arena arena, Numbers numbers) {
        for (int length : LENGTHS) {
            Buffer mine = numbers.of(arena, comm.rank(), length);
            Buffer upToMe = numbers.room(arena, length);
            Buffer before = numbers.room(arena, length);
            comm.scan(numbers.op, numbers.type, mine.bytes(), upToMe.bytes());
            comm.exscan(numbers.op, numbers.type, mine.bytes(), before.bytes());
            numbers.expect(upToMe, 0, comm.rank() + 1);
            if (comm.rank() == 0) {
                before.expectUntouched();
            } else {
                numbers.expect(before, 0, comm.rank());
            }
        }
    }

    private static void reduceScatter(Comm comm, Arena arena, Numbers numbers) {
        int part = 200;
        Buffer mine = numbers.of(arena, comm.rank(), part * comm.size());
        Buffer result = numbers.room(arena, part);
        comm.reduceScatter(numbers.op, numbers.type, mine.bytes(), result.bytes());
        numbers.expect(result, part * comm.rank(), comm.size());

        // The first rank gets two elements, and each one two more; every third gets none.
        long[] bytes = new long[comm.size()];
        int all = 0;
        int start = 0;
        for (int rank = 0; rank < comm.size(); rank++) {
            int length = rank % 3 == 1 ? 0 : 2 * rank + 2;
            start = rank == comm.rank() ? all : start;
            bytes[rank] = (long) length * numbers.type.bytes();
            all += length;
        }
        mine = numbers.of(arena, comm.rank(), all);
        result = Buffer.aligned(arena, bytes[comm.rank()]);
        comm.reduceScatterv(numbers.op, numbers.type, mine.bytes(), result.bytes(), bytes);
        numbers.expect(result, start, comm.size());
    }

    /** The arrays that the ranks have, and what becomes of them. */
    private record Numbers(Op op, Type type) {

        Buffer of(Arena arena, int rank, int length) {
            Buffer array = room(arena, length);
            for (int i = 0; i < length; i++) {
                if (isFraction(type)) {
                    put(array.bytes(), i, fraction(rank, i));
                } else {
                    put(array.bytes(), i, whole(rank, i));
                }
            }
            return array;
        }

        Buffer room(Arena arena, int length) {
            return Buffer.aligned(arena, (long) length * type.bytes());
        }

        /** Positive, negative and zero; those of LONG are too long for a double to hold. */
        private long whole(int rank, int i) {
            if (OF_PAIRS.contains(op)) {
                return place(rank, i);
            }
            long small = (i * 31 + rank * 17) % 101 - 50;
            return switch (op) {
                case LAND, LOR, LXOR -> (i + rank * 5) % 7 % 3;
                case PROD -> i % 5 == 0 ? small : 3 - i % 7;
                default -> narrowed(small * (type == Type.LONG ? 0x0010_0000_0000_0001L : 0x0100_0001));
            };
        }

        private double fraction(int rank, int i) {
            if (OF_PAIRS.contains(op)) {
                return place(rank, i);
            }
            return op == Op.PROD ? Math.scalb(i % 3 - 1.5, (i + rank) % 3 - 1) * 2
                    : ((i * 31 + rank * 17) % 101 - 50) * 0.25;
        }

        /** Values first, of which some ranks have the same, and then where they were found. */
        private int place(int rank, int i) {
            return i % 2 == 0 ? (i / 2 * 31 + rank * 17) % 7 - 3 : 10 * ((rank + i) % 7) + i % 10;
        }

        private long narrowed(long number) {
            return type == Type.BYTE ? (byte) number : type == Type.INT ? (int) number : number;
        }

        /** The result starts with element {@code start} of the arrays that ranks 0 to before {@code ranks} have. */
        void expect(Buffer result, int start, int ranks) {
            result.expectGuards();
            int length = (int) (result.bytes().byteSize() / type.bytes());
            for (int i = 0; i < length; i++) {
                if (isFraction(type) ? combinedFraction(ranks, start + i) != fractionAt(result.bytes(), i)
                        : combinedWhole(ranks, start + i) != wholeAt(result.bytes(), i)) {
                    throw new AssertionError("element " + i + " of " + length + " is " + (isFraction(type)
                            ? fractionAt(result.bytes(), i) + " instead of " + combinedFraction(ranks, start + i)
                            : wholeAt(result.bytes(), i) + " instead of " + combinedWhole(ranks, start + i)));
                }
            }
        }

        private long combinedWhole(int ranks, int i) {
            if (OF_PAIRS.contains(op)) {
                return whole(winner(ranks, i - i % 2), i);
            }
            long combined = whole(0, i);
            for (int rank = 1; rank < ranks; rank++) {
                long next = whole(rank, i);
                combined = switch (op) {
                    case SUM -> combined + next;
                    case PROD -> combined * next;
                    case MIN -> combined < next ? combined : next;
                    case MAX -> combined > next ? combined : next;
                    case LAND -> truth(combined != 0 && next != 0);
                    case LOR -> truth(combined != 0 || next != 0);
                    case LXOR -> truth((combined != 0) != (next != 0));
                    case BAND -> combined & next;
                    case BOR -> combined | next;
                    case BXOR -> combined ^ next;
                    case MINLOC, MAXLOC -> throw new AssertionError(op);
                };
            }
            boolean logical = op == Op.LAND || op == Op.LOR || op == Op.LXOR;
            // Of one rank alone nothing is combined, and its number stays what it is.
            return narrowed(logical && ranks > 1 ? truth(combined != 0) : combined);
        }

        private static long truth(boolean value) {
            return value ? 1 : 0;
        }

        private double combinedFraction(int ranks, int i) {
            if (OF_PAIRS.contains(op)) {
                return fraction(winner(ranks, i - i % 2), i);
            }
            double combined = fraction(0, i);
            for (int rank = 1; rank < ranks; rank++) {
                double next = fraction(rank, i);
                combined = switch (op) {
                    case SUM -> combined + next;
                    case PROD -> combined * next;
                    case MIN -> combined < next ? combined : next;
                    case MAX -> combined > next ? combined : next;
                    default -> throw new AssertionError(op);
                };
            }
            return combined;
        }

        /** Whose pair it is that starts there. */
        private int winner(int ranks, int i) {
            int best = 0;
            for (int rank = 1; rank < ranks; rank++) {
                int value = place(rank, i);
                int than = place(best, i);
                boolean wins = op == Op.MINLOC ? value < than : value > than;
                if (wins || value == than && place(rank, i + 1) < place(best, i + 1)) {
                    best = rank;
                }
            }
            return best;
        }

        private void put(MemorySegment array, int i, long number) {
            switch (type) {
                case BYTE -> array.set(ValueLayout.JAVA_BYTE, i, (byte) number);
                case INT -> array.setAtIndex(ValueLayout.JAVA_INT, i, (int) number);
                default -> array.setAtIndex(ValueLayout.JAVA_LONG, i, number);
            }
        }

        private void put(MemorySegment array, int i, double number) {
            if (type == Type.FLOAT) {
                array.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) number);
            } else {
                array.setAtIndex(ValueLayout.JAVA_DOUBLE, i, number);
            }
        }

        private long wholeAt(MemorySegment array, int i) {
            return switch (type) {
                case BYTE -> array.get(ValueLayout.JAVA_BYTE, i);
                case INT -> array.getAtIndex(ValueLayout.JAVA_INT, i);
                default -> array.getAtIndex(ValueLayout.JAVA_LONG, i);
            };
        }

        private double fractionAt(MemorySegment array, int i) {
            return type == Type.FLOAT ? array.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                    : array.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
        }
    }
}
