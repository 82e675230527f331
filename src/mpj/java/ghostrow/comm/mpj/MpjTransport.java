package ghostrow.comm.mpj;

import ghostrow.comm.CommException;
import ghostrow.comm.Transport;
import java.net.URL;
import java.net.URLClassLoader;

/** MPJ Express inside this JVM: every rank is a thread of one process, and so are the threads that it starts. */
public final class MpjTransport implements Transport {
    static final String LIBRARY = "MPJ Express 0.44, multicore";

    @Override
    public String name() {
        return "mpj";
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Ready(LIBRARY, true);
    }

    @Override
    public void run(int ranks, SpmdProgram program) {
        if (ranks < 1) {
            throw new CommException("a program needs one rank or more, not " + ranks);
        }
        if (!(getClass().getClassLoader() instanceof URLClassLoader loader)) {
            throw new CommException("transport mpj must be loaded from jars of its own, not from the class path");
        }
        try (EmbeddedRanks embedded = new EmbeddedRanks(loader.getURLs(), ranks)) {
            embedded.run(program);
        }
    }
}
