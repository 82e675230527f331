package ghostrow.comm.check;

import ghostrow.comm.Comm;
import ghostrow.comm.Comm.Exchange;
import ghostrow.comm.Comm.Message;
import java.util.ArrayList;
import java.util.List;

/** Messages that are exchanged again and again. */
final class CheckExchange implements Exchange, Rank.Opened {
    private final Rank rank;
    private final Group group;
    private final List<Message> messages;
    private final Place made;
    private final List<Post> posts = new ArrayList<>();
    private Place started;

    CheckExchange(Rank rank, Group group, List<Message> messages, Place made) {
        this.rank = rank;
        this.group = group;
        this.messages = List.copyOf(messages);
        this.made = made;
        rank.opens(this);
    }

    @Override
    public void start() {
        rank.call(place -> {
            if (started != null) {
                rank.run().stop(Finding.of(Kind.REQUEST, rank.number(), "the exchange that was started at " + started
                        + " is started again at " + place + " without an await", "await it before it is started again",
                        place, started));
            }
            started = place;
            // Both directions at once; receives first, as any library would like them.
            post(place, false);
            post(place, true);
            return null;
        });
    }

    private void post(Place place, boolean outgoing) {
        for (Message message : messages) {
            if (message.outgoing() == outgoing && message.peer() != Comm.PROC_NULL) {
                Post post = outgoing ? Post.send(rank, group, message.buffer(), message.peer(), message.tag(), false, place)
                        : Post.receive(rank, group, message.buffer(), message.peer(), message.tag(), place);
                posts.add(post.inFlight());
                group.mail().post(post);
            }
        }
    }

    @Override
    public void await() {
        rank.call(place -> {
            if (started != null) {
                List<Post> all = List.copyOf(posts);
                rank.await(place, all.toArray(Operation[]::new));
                all.forEach(post -> post.finish(place));
                posts.clear();
                started = null;
            }
            return null;
        });
    }

    @Override
    public void close() {
        if (rank.run().isOver()) {
            return;
        }
        rank.closes(this);
        if (started != null) {
            posts.forEach(Post::leave);
            Place place = Place.here();
            rank.run().note(Finding.of(Kind.REQUEST, rank.number(), "the exchange that was started at " + started
                    + " is closed at " + place + " without an await", "await it before it is closed", started, place));
        }
    }

    @Override
    public Finding leak() {
        if (started != null) {
            posts.forEach(Post::leave);
            return Finding.of(Kind.REQUEST, rank.number(), "the exchange that was started at " + started
                    + " is never waited for", "await every exchange that is started", started);
        }
        return Finding.of(Kind.LEAK, rank.number(), "the exchange made at " + made + " is never closed",
                "close it, best by try (...)", made);
    }
}
