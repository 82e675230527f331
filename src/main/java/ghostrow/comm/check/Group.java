package ghostrow.comm.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Ranks that run the same program together: all of them, or some. */
final class Group {
    private final CheckRun run;
    private final int[] members;
    private final Mail mail;
    /** How many collective calls each rank has begun. */
    private final int[] calls;
    /** Those that not all ranks have begun, the oldest first. */
    private final List<Meeting> meetings = new ArrayList<>();
    private int forgotten;

    /** @param members their numbers in the world */
    Group(CheckRun run, int... members) {
        this.run = run;
        this.members = members;
        this.mail = new Mail(run);
        this.calls = new int[members.length];
    }

    int size() {
        return members.length;
    }

    int world(int rank) {
        return members[rank];
    }

    /** A rank's number in it. */
    int of(Rank rank) {
        for (int i = 0; i < members.length; i++) {
            if (members[i] == rank.number()) {
                return i;
            }
        }
        throw new IllegalStateException("rank " + rank.number() + " is not one of " + Arrays.toString(members));
    }

    Mail mail() {
        return mail;
    }

    /** A rank begins its next collective call. */
    Part join(Rank rank, Act act) {
        run.baton().changed();
        int self = of(rank);
        int number = calls[self]++ - forgotten;
        if (number == meetings.size()) {
            meetings.add(new Meeting(run, this));
        }
        Part part = meetings.get(number).join(rank, self, act);
        while (!meetings.isEmpty() && meetings.getFirst().isComplete()) {
            meetings.removeFirst();
            forgotten++;
        }
        return part;
    }

    /** Which numbers are meant, where it is not those of the world. */
    String suffix() {
        return isWorld() ? "" : " in a group of rank" + (members.length == 1 ? " " : "s ")
                + Arrays.stream(members).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    private boolean isWorld() {
        for (int rank = 0; rank < members.length; rank++) {
            if (members[rank] != rank) {
                return false;
            }
        }
        return members.length == run.size();
    }
}
