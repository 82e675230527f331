package ghostrow.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Holds an output folder for one run, so that no other writes into its files: {@code ghostrow.lock} says which
 * process of which host that is, and the kernel knows whether it still lives.
 *
 * <pre>
 * byte 0   locked by the first rank
 * byte 1   locked by the processes of the other ranks together, which may outlive the first for a moment
 * </pre>
 *
 * The kernel lets go of both when their processes end, however that happens. Where the file system has no locks, or
 * locks that other hosts do not see, the process that the file names is looked for on this host; of a process of
 * another host nothing can be known, unless it was this batch job's own, which the batch system has ended.
 *
 * <p>The system drops a process's locks on a file when the process closes <em>any</em> channel to it. So a process
 * that holds the lock must not open the file once more and close it.
 */
public final class OutputLock implements AutoCloseable {
    static final String NAME = "ghostrow.lock";
    private static final long OWNER = 0;
    private static final long OTHERS = 1;
    private static final Duration OTHERS_END = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 50;
    private static final int LONGEST = 4096;

    private final Path file;
    private final FileChannel channel;

    private OutputLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the folder for the run whose first rank this is.
     *
     * @param patience how long a run that holds the folder may take to end before this one is refused
     * @param news     is told if the folder is taken over from a run that ended without a word, or waited for
     */
    public static OutputLock take(Path folder, Duration patience, Consumer<String> news) {
        OutputFolder.prepare(folder);
        Path file = folder.resolve(NAME);
        long deadline = System.nanoTime() + patience.toNanos();
        boolean waited = false;
        try {
            while (true) {
                try {
                    Optional<OutputLock> taken = attempt(file, news);
                    if (taken.isPresent()) {
                        return taken.get();
                    }
                } catch (InUse e) {
                    if (System.nanoTime() > deadline) {
                        throw new InputException(e.getMessage());
                    }
                    if (!waited) {
                        news.accept(e.getMessage() + "; waiting " + patience.toSeconds() + " s for its end");
                        waited = true;
                    }
                }
                pause();
            }
        } catch (IOException e) {
            throw new InputException(file + ": cannot be locked (" + OutputFolder.reason(e)
                    + "); choose another folder with --out", e);
        }
    }

    /**
     * Refuses a folder that a living run holds, as far as the kernel says so. Changes nothing. Not for a process that
     * holds the folder itself: to open the file once more and close it would lose its lock.
     */
    public static void refuseHeld(Path folder) {
        Path file = folder.resolve(NAME);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.tryLock(OWNER, 1, false) == null) {
                throw new InputException(inUse(file, read(channel)));
            }
        } catch (IOException e) {
            // No file, or no locks: the first rank will look more closely.
        }
    }

    /** For the processes of the other ranks, while the first holds the folder. */
    public static OutputLock join(Path folder) {
        Path file = folder.resolve(NAME);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.tryLock(OTHERS, 1, true);
        } catch (IOException e) {
            // No locks here: then the first rank's name in the file has to do.
        }
        return new OutputLock(file, channel);
    }

    /** Empty if the file was removed at this very moment. */
    private static Optional<OutputLock> attempt(Path file, Consumer<String> news) throws IOException {
        boolean isNew = create(file);
        FileChannel channel = null;
        try {
            // As long as the file is open, no other file can get its key.
            Object key = key(file);
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean locked = lock(file, channel);
            if (!key.equals(key(file))) {
                channel.close();
                return Optional.empty();
            }
            Optional<Owner> before = isNew ? Optional.empty() : read(channel);
            if (before.isPresent()) {
                requireGone(file, before.get(), locked);
                awaitOthers(file, channel, locked, news);
                news.accept(file + ": taken over from " + before.get() + ", which ended without removing it");
            }
            ByteBuffer self = ByteBuffer.wrap(Owner.self().text().getBytes(StandardCharsets.UTF_8));
            channel.truncate(0);
            Disk.write(channel, self, 0);
            channel.force(true);
            return Optional.of(new OutputLock(file, channel));
        } catch (NoSuchFileException e) {
            close(channel);
            return Optional.empty();
        } catch (OverlappingFileLockException e) {
            // Left open: closing it would drop the lock that another thread of this process holds.
            throw new InUse(inUse(file, Optional.of(Owner.self())));
        } catch (IOException | InputException | InUse e) {
            close(channel);
            throw e;
        }
    }

    private static boolean create(Path file) throws IOException {
        try {
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** Whether there are locks here at all. */
    private static boolean lock(Path file, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock(OWNER, 1, false);
        } catch (IOException noLocks) {
            return false;
        }
        if (lock == null) {
            throw new InUse(inUse(file, read(channel)));
        }
        return true;
    }

    /** The process in the file has ended, or is refused. */
    private static void requireGone(Path file, Owner owner, boolean locked) throws IOException {
        switch (judge(owner, Owner.self(), locked, Mount.of(file).locksReachOtherHosts(), owner::lives)) {
            case GONE -> { }
            case LIVES -> throw new InUse(inUse(file, Optional.of(owner)));
            case UNKNOWN -> throw new InputException(inUse(file, Optional.of(owner)) + ", as far as can be known here, "
                    + "where locks do not reach from host to host: if that process has ended, delete " + file);
        }
    }

    /** What is known of a process that a lock file names. */
    enum Verdict { GONE, LIVES, UNKNOWN }

    /**
     * @param locked whether this process holds the kernel's lock, so that no other does
     * @param far    whether that is so on other hosts too
     * @param lives  looks for the process on this host
     */
    static Verdict judge(Owner before, Owner self, boolean locked, boolean far, BooleanSupplier lives) {
        if (locked && far || before.isEarlierStartOf(self)) {
            return Verdict.GONE;
        }
        if (!before.host().equals(self.host())) {
            return Verdict.UNKNOWN;
        }
        return !locked && lives.getAsBoolean() ? Verdict.LIVES : Verdict.GONE;
    }

    /** Ranks whose first rank was killed end within seconds, but until then they may still write. */
    private static void awaitOthers(Path file, FileChannel channel, boolean locked, Consumer<String> news)
            throws IOException {
        if (!locked) {
            return;
        }
        long deadline = System.nanoTime() + OTHERS_END.toNanos();
        FileLock others = channel.tryLock(OTHERS, 1, false);
        if (others == null) {
            news.accept(file + ": waiting for ranks of the run before, whose first rank has ended");
        }
        while (others == null) {
            if (System.nanoTime() > deadline) {
                throw new InputException(file + ": ranks of the run before still write here, although its first rank "
                        + "has ended; end them, or choose another folder with --out");
            }
            pause();
            others = channel.tryLock(OTHERS, 1, false);
        }
        others.release();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for a lock", e);
        }
    }

    private static Optional<Owner> read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        Disk.read(channel, bytes, 0);
        return Owner.parse(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
    }

    private static String inUse(Path file, Optional<Owner> owner) {
        return file.toAbsolutePath().getParent() + ": is being written by " + owner.map(Owner::toString)
                .orElse("another process") + " (" + file.getFileName()
                + "); let it end, or choose another folder with --out";
    }

    private static void close(FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** At a regular end, when no rank writes any more: leaves no file behind. */
    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        close(channel);
    }

    /** Somebody lives who holds the folder; that may change. */
    private static final class InUse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InUse(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The process that a lock file names.
     *
     * @param started when, as its system tells: process numbers are used again
     * @param job     the batch job and how often it has been queued again; empty outside
     */
    record Owner(String host, long pid, String started, String job, long requeued) {

        static Owner self() {
            ProcessHandle process = ProcessHandle.current();
            Map<String, String> env = System.getenv();
            return new Owner(hostname(), process.pid(), started(process), env.getOrDefault("SLURM_JOB_ID", ""),
                    number(env.get("SLURM_RESTART_COUNT")));
        }

        static Optional<Owner> parse(String text) {
            Map<String, String> entries = new TreeMap<>();
            text.lines().map(line -> line.split(" ", 2)).filter(words -> words.length == 2)
                    .forEach(words -> entries.put(words[0], words[1].strip()));
            return entries.containsKey("host") && entries.containsKey("pid")
                    ? Optional.of(new Owner(entries.get("host"), number(entries.get("pid")),
                            entries.getOrDefault("started", ""), entries.getOrDefault("job", ""),
                            number(entries.get("requeued"))))
                    : Optional.empty();
        }

        String text() {
            return "host " + host + "\npid " + pid + "\nstarted " + started + "\n"
                    + (job.isEmpty() ? "" : "job " + job + "\nrequeued " + requeued + "\n");
        }

        boolean lives() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
                    .filter(process -> started(process).equals(started)).isPresent();
        }

        /** A job is queued again only once its processes have ended, on whatever host they were. */
        boolean isEarlierStartOf(Owner self) {
            return !job.isEmpty() && job.equals(self.job) && requeued < self.requeued;
        }

        private static String started(ProcessHandle process) {
            return process.info().startInstant().map(Object::toString).orElse("");
        }

        private static long number(String text) {
            return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        }

        private static String hostname() {
            try {
                return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            } catch (IOException e) {
                return System.getenv().getOrDefault("HOSTNAME", "this host");
            }
        }

        @Override
        public String toString() {
            return "process " + pid + " on " + host + (job.isEmpty() ? "" : " (job " + job + ")");
        }
    }
}
