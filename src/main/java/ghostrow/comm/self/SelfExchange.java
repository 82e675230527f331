package ghostrow.comm.self;

import ghostrow.comm.Comm;
import ghostrow.comm.PreparedExchange;
import java.util.ArrayList;
import java.util.List;

/** An exchange of a rank with itself and with nobody. */
final class SelfExchange extends PreparedExchange {
    private final SelfComm comm;
    private final List<Comm.Request> started = new ArrayList<>();

    SelfExchange(SelfComm comm, List<Comm.Message> messages) {
        super(comm, messages);
        this.comm = comm;
    }

    @Override
    protected void begin() {
        for (Comm.Message message : messages()) {
            started.add(message.outgoing()
                    ? comm.isend(message.buffer(), message.peer(), message.tag())
                    : comm.irecv(message.buffer(), message.peer(), message.tag()));
        }
    }

    @Override
    protected void complete() {
        for (Comm.Request request : started) {
            request.await();
        }
        started.clear();
    }

    @Override
    protected void release() {
        // nothing was taken
    }
}
