package ghostrow.comm.check;

import ghostrow.comm.CommCall;
import ghostrow.comm.JvmWindow;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A collective call: complete when all ranks of the group have come, and asked for the same. */
final class Meeting {
    private final CheckRun run;
    private final Group group;
    private final Part[] parts;
    private int came;
    private AtomicLong counter;
    private MemorySegment window;
    private final Map<Long, Group> groups = new TreeMap<>();

    Meeting(CheckRun run, Group group) {
        this.run = run;
        this.group = group;
        this.parts = new Part[group.size()];
    }

    Part join(Rank rank, int self, Act act) {
        Part part = new Part(rank, this, act);
        arrivals().findFirst().ifPresent(first -> Alike.check(run, first, part));
        parts[self] = part;
        came++;
        if (isComplete()) {
            complete();
        }
        return part;
    }

    private Stream<Part> arrivals() {
        return Arrays.stream(parts).filter(Objects::nonNull);
    }

    boolean isComplete() {
        return came == parts.length;
    }

    Group group() {
        return group;
    }

    /** The numbers in the world of those that have not. */
    List<Integer> missing() {
        return IntStream.range(0, parts.length).filter(i -> parts[i] == null).mapToObj(group::world).toList();
    }

    private void complete() {
        run.counts().collective();
        Alike.checkParts(run, parts);
        Together.perform(parts);
        share();
        teach();
    }

    /** What the ranks have in common from now on. */
    private void share() {
        CommCall call = parts[0].act().call();
        if (call == CommCall.COUNTER) {
            counter = new AtomicLong();
        } else if (call == CommCall.WINDOW) {
            window = JvmWindow.memory(parts[0].act().number());
        } else if (call == CommCall.SPLIT) {
            for (Part one : parts) {
                groups.computeIfAbsent(one.act().number(), colour -> new Group(run, Arrays.stream(parts)
                        .filter(part -> part.act().number() == colour)
                        .sorted(Comparator.comparingLong(part -> part.act().order()))
                        .mapToInt(part -> part.rank().number()).toArray()));
            }
        }
    }

    /** Who knows of whom, as far as any library must see to it. */
    private void teach() {
        Act first = parts[0].act();
        for (int to = 0; to < parts.length; to++) {
            for (int from = 0; from < parts.length; from++) {
                boolean learns = switch (first.call()) {
                    case BCAST, IBCAST, SCATTER, SCATTERV -> from == first.root();
                    case REDUCE, GATHER, GATHERV -> to == first.root();
                    case SCAN, EXSCAN -> from < to;
                    default -> true;
                };
                if (learns) {
                    parts[to].learns(parts[from].began());
                }
            }
        }
    }

    AtomicLong counter() {
        return counter;
    }

    MemorySegment window() {
        return window;
    }

    Group group(long colour) {
        return groups.get(colour);
    }
}
