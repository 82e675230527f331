package ghostrow.comm;

import ghostrow.comm.Comm.Request;
import ghostrow.comm.Comm.Status;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** A collective call that is under way as many messages. */
final class GroupRequest implements Request {
    private final Request[] messages;
    private final Runnable finish;
    private int completed;

    /** @param finish what is left to do when all messages are there, once */
    GroupRequest(Request[] coming, Request[] going, Runnable finish) {
        this.messages = Stream.of(coming, going).flatMap(Arrays::stream).filter(Objects::nonNull)
                .toArray(Request[]::new);
        this.finish = finish;
        if (messages.length == 0) {
            finish.run();
        }
    }

    @Override
    public Status await() {
        while (completed < messages.length) {
            messages[completed].await();
            next();
        }
        return Status.NOTHING;
    }

    @Override
    public boolean test() {
        while (completed < messages.length && messages[completed].test()) {
            next();
        }
        return completed == messages.length;
    }

    private void next() {
        completed++;
        if (completed == messages.length) {
            finish.run();
        }
    }
}
