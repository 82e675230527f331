package ghostrow.comm.check;

import java.util.ArrayList;
import java.util.List;

/** The messages of a group that are on their way: sends and receives that have not met yet. */
final class Mail {
    private final CheckRun run;
    private final Races races;
    private final List<Post> sends = new ArrayList<>();
    private final List<Post> receives = new ArrayList<>();

    Mail(CheckRun run) {
        this.run = run;
        this.races = new Races(run);
    }

    /** Of one rank to another messages of one tag come in the order in which they were sent. */
    void post(Post post) {
        run.baton().changed();
        if (post.isOutgoing()) {
            Post receive = receives.stream().filter(each -> each.self() == post.peer() && each.takes(post)).findFirst()
                    .orElse(null);
            races.sent(post, receive);
            if (receive == null) {
                sends.add(post);
            } else {
                receives.remove(receive);
                meet(post, receive);
            }
        } else {
            List<Post> offered = allOffered(post);
            if (offered.isEmpty()) {
                receives.add(post);
            } else {
                Post send = offered.get(run.baton().choose(offered.size()));
                sends.remove(send);
                meet(send, post);
                offered.forEach(other -> races.competes(other, post));
            }
        }
    }

    private void meet(Post send, Post receive) {
        send.meet(receive);
        run.counts().message();
        Fits.check(run, send, receive);
        if (receive.isFromAny()) {
            races.received(receive);
        }
    }

    /** The first that a receive could get of each rank, in the order in which they were sent. */
    private List<Post> allOffered(Post receive) {
        List<Post> first = new ArrayList<>();
        for (Post send : sends) {
            if (send.peer() == receive.self() && receive.takes(send)
                    && first.stream().noneMatch(other -> other.self() == send.self())) {
                first.add(send);
            }
        }
        return first;
    }

    /** One that a receive could get now; null where there is none. */
    Post offered(Post receive) {
        List<Post> offered = allOffered(receive);
        return offered.isEmpty() ? null : offered.getFirst();
    }

    /** What a probe sees; null where nothing is there. */
    Post probed(Post probe) {
        List<Post> offered = allOffered(probe);
        if (offered.isEmpty()) {
            return null;
        }
        Post seen = offered.get(run.baton().choose(offered.size()));
        probe.sees(seen);
        if (probe.isFromAny()) {
            races.received(probe);
            offered.forEach(other -> races.competes(other, probe));
        }
        return seen;
    }

    List<Post> sends() {
        return sends;
    }
}
