package ghostrow.comm;

import ghostrow.comm.Comm.Request;
import ghostrow.comm.Comm.Status;
import java.util.function.Consumer;

/** A request with something to do when it is complete, once. */
final class StagedRequest implements Request {
    private final Request request;
    private final Consumer<Status> finish;
    private boolean finished;

    StagedRequest(Request request, Consumer<Status> finish) {
        this.request = request;
        this.finish = finish;
    }

    @Override
    public Status await() {
        Status status = request.await();
        if (!finished) {
            finished = true;
            finish.accept(status);
        }
        return status;
    }

    @Override
    public Request carried() {
        return request.carried();
    }

    @Override
    public boolean test() {
        if (!finished && request.test()) {
            await();
        }
        return finished;
    }
}
