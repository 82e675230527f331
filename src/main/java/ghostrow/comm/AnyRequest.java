package ghostrow.comm;

import ghostrow.comm.Comm.Completed;
import ghostrow.comm.Comm.Request;
import java.util.Optional;

/** Waits for whichever of several requests is complete first. */
final class AnyRequest {
    private AnyRequest() {
    }

    /** Asks one after the other: by that a library gets on with its messages, as it would in a call of its own. */
    static Optional<Completed> await(Comm comm, Request[] requests) {
        comm.waits().begin(Waits.Call.WAITANY);
        try {
            while (true) {
                boolean any = false;
                for (int i = 0; i < requests.length; i++) {
                    Request request = requests[i];
                    any |= request != null;
                    if (request != null && request.test()) {
                        requests[i] = null;
                        return Optional.of(new Completed(i, request.await()));
                    }
                }
                if (!any) {
                    return Optional.empty();
                }
                Thread.yield(); // there may be more ranks than cores
            }
        } finally {
            comm.waits().end();
        }
    }
}
