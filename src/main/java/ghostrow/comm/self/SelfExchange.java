package ghostrow.comm.self;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import java.util.ArrayList;
import java.util.List;

/** An exchange of a rank with itself and with nobody. */
final class SelfExchange implements Comm.Exchange {
    private final SelfComm comm;
    private final List<Comm.Message> messages;
    private final List<Comm.Request> started = new ArrayList<>();
    private boolean active;

    SelfExchange(SelfComm comm, List<Comm.Message> messages) {
        this.comm = comm;
        this.messages = messages;
    }

    @Override
    public void start() {
        if (active) {
            throw new CommException("rank 0: an exchange was started twice without an await");
        }
        active = true;
        for (Comm.Message message : messages) {
            started.add(message.outgoing()
                    ? comm.isend(message.buffer(), message.peer(), message.tag())
                    : comm.irecv(message.buffer(), message.peer(), message.tag()));
        }
    }

    @Override
    public void await() {
        for (Comm.Request request : started) {
            request.await();
        }
        started.clear();
        active = false;
    }

    @Override
    public void close() {
        // nothing was taken
    }
}
