package ghostrow.comm.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Receives from whichever rank, and the messages that could have met them instead: those of other ranks that were there
 * too, or that nothing kept from coming before. A message comes later for sure only if its sender knew, by other messages
 * or collective calls, that the receive was over.
 */
final class Races {
    /** Of the latest receives; who races does so again and again. */
    private static final int MOST = 1000;

    private final CheckRun run;
    private final Deque<Post> received = new ArrayDeque<>();

    Races(CheckRun run) {
        this.run = run;
    }

    /** A receive from whichever rank has met a message. */
    void received(Post receive) {
        received.add(receive);
        if (received.size() > MOST) {
            received.remove();
        }
    }

    /** @param receive what it meets at once; null where nothing waits for it */
    void sent(Post send, Post receive) {
        for (Post earlier : received) {
            boolean wasFree = receive == null || receive.rank() != earlier.rank() || receive.number() > earlier.number();
            if (wasFree && earlier.self() == send.peer() && !isLater(send, earlier)) {
                competes(send, earlier);
            }
        }
    }

    /** Whether the sender knew that the receive had met another message: by its rank, or by who sent that and was told. */
    private static boolean isLater(Post send, Post receive) {
        Post met = receive.match();
        return send.began().knows(receive.rank().number(), receive.noticed())
                || met.isToldBack() && send.began().knows(met.rank().number(), met.noticed());
    }

    void competes(Post send, Post receive) {
        Post met = receive.match();
        if (met == null || !receive.isFromAny() || send.self() == met.self() || !receive.takesTag(send)) {
            return;
        }
        // In a loop, each message competes with the next.
        Place first = met.place();
        Place second = send.place();
        String sends = first.equals(second) ? "ranks " + met.rank().number() + " and " + send.rank().number()
                + " both send it at " + first : "rank " + met.rank().number() + " sends it at " + first + ", and rank "
                + send.rank().number() + " at " + second;
        run.note(Finding.of(Kind.RACE, receive.rank().number(), receive.shown() + " at " + receive.place()
                + " takes whichever message comes first: " + sends,
                "name the rank to receive from, unless any of them will do", receive.place(), first,
                second));
    }
}
