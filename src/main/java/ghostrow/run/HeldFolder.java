package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.data.Mount;
import ghostrow.data.OutputLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** An output folder that belongs to one run as long as any of its ranks lives. */
public final class HeldFolder implements AutoCloseable {
    private final OutputLock lock;
    private final boolean first;

    private HeldFolder(OutputLock lock, boolean first) {
        this.lock = lock;
        this.first = first;
    }

    /**
     * Collective.
     *
     * @param patience how long a run that holds the folder may take to end
     * @param check    refuses what the folder holds; it is asked when no other run can change it any more
     */
    public static HeldFolder hold(Comm comm, Path folder, Duration patience, Job job, Agreement.Deed check)
            throws IOException {
        if (job.holdsFolders()) {
            check.perform();
            return new HeldFolder(null, false);
        }
        OutputLock[] taken = new OutputLock[1];
        boolean sharedByNfs = Agreement.fromFirst(comm, 1, () -> {
            taken[0] = OutputLock.take(folder, patience, news -> System.err.println("ghostrow: " + news));
            try {
                check.perform();
            } catch (IOException | InputException e) {
                taken[0].remove();
                taken[0].close();
                throw e;
            }
            return new long[] {comm.size() > 1 && Mount.of(folder).isNfs() ? 1 : 0};
        })[0] != 0;
        if (sharedByNfs) {
            warnOfNfs(comm, folder);
        }
        boolean first = comm.rank() == 0;
        boolean sharesProcess = job.ranksInThisProcess() > 1;
        return new HeldFolder(first ? taken[0] : sharesProcess ? null : OutputLock.join(folder), first);
    }

    private static void warnOfNfs(Comm comm, Path folder) throws IOException {
        int hosts = Environment.hosts(comm).size();
        if (comm.rank() == 0 && hosts > 1) {
            System.err.println("ghostrow: --out " + folder + " is on NFS, where " + hosts + " hosts write into one file: "
                    + "sound as long as these hosts run Linux, but slower than a parallel file system (see 'Where results "
                    + "may lie' in slurm/README.md)");
        }
    }

    /** At a regular end, when no rank writes any more. */
    public void release() throws IOException {
        if (first) {
            lock.remove();
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
