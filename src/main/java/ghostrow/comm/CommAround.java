package ghostrow.comm;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;

/** Something around a transport's {@link Comm}: what concerns neither messages nor groups goes straight on to that. */
abstract class CommAround implements Comm {
    final Comm comm;

    CommAround(Comm comm) {
        this.comm = comm;
    }

    @Override
    public int rank() {
        return comm.rank();
    }

    @Override
    public int size() {
        return comm.size();
    }

    @Override
    public Optional<Status> iprobe(int from, int tag) {
        return comm.iprobe(from, tag);
    }

    @Override
    public void abort(int code) {
        comm.abort(code);
    }

    @Override
    public String processorName() {
        return comm.processorName();
    }

    @Override
    public boolean onOneMachine() {
        return comm.onOneMachine();
    }

    @Override
    public String library() {
        return comm.library();
    }

    @Override
    public String libraryChoice() {
        return comm.libraryChoice();
    }

    @Override
    public URLClassLoader loader(URL[] classes, ClassLoader parent) {
        return comm.loader(classes, parent);
    }

    @Override
    public Waits waits() {
        return comm.waits();
    }

    @Override
    public Optional<Ledger> ledger() {
        return comm.ledger();
    }

    @Override
    public void close() {
        comm.close();
    }
}
