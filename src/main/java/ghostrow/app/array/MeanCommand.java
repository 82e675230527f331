package ghostrow.app.array;

import ghostrow.data.ArrayPath;
import ghostrow.data.ArrayWriter;
import ghostrow.data.InputException;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.ProgressOptions;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code ghostrow mean}: from words to a {@link Mean}, or a {@link RandomArray}, on every rank. */
public final class MeanCommand implements App {
    private static final String DEFAULT_NAME = "/data";
    /** Of a side, so that 63 bits count the bytes. */
    private static final long MOST = 1_000_000_000;

    private String array;
    private Long create;
    private boolean force;
    private boolean mapped;
    private String memory = "256MiB";
    private int threads = 1;
    private final SpmdOptions spmd = new SpmdOptions();
    private final ProgressOptions progress = new ProgressOptions();
    private final RecordOptions record = new RecordOptions();

    private final List<String> words;

    public MeanCommand(List<String> words) {
        this.words = words;
    }

    @Override
    public void declare(Options options) {
        options.about("Mean, standard deviation, least and greatest of an array in an HDF5 file, which need not fit into "
                + "memory.");
        options.footer("Examples: ghostrow mean big.h5 --create 40000", "          ghostrow mean big.h5:/data --ranks 2");
        options.takes("FILE:/PATH", String.class, value -> array = value,
                "The array, of any number of dimensions, of float64, float32, int64 or int32 (default path /data).");
        options.option("--memory", "BYTES", String.class, value -> memory = value,
                "What a rank may take for its numbers: 64MiB, 2GB ... Default: 256MiB.");
        options.flag("--mapped", on -> mapped = on,
                "Map the file into memory, as numpy.memmap does, in place of reading it; for arrays in one piece.");
        options.option("--threads", "N", Integer.class, value -> threads = value, "Threads a rank (default 1).");
        options.option("--create", "N", Long.class, value -> create = value,
                "Write a new file with an array of N x N random numbers from 0 to 1, always the same, and find no mean.");
        options.flag("--force", on -> force = on, "With --create: replace a file that is there already.");
        spmd.declare(options);
        progress.declare(options);
        record.declareFile(options);
    }

    @Override
    public Integer call() throws IOException {
        check();
        ArrayPath path = array.contains(":/") ? ArrayPath.of(array) : new ArrayPath(Path.of(array), DEFAULT_NAME);
        Budget budget = Budget.of(memory, threads);
        Job job = Job.of(spmd, words);
        job.checkOnce(record::check);
        if (create == null) {
            Mean mean = new Mean(job, path, budget, mapped, progress, record);
            job.checkEverywhere(mean::check);
            job.run(mean::run);
        } else {
            RandomArray random = new RandomArray(job, path, create, budget, progress, record,
                    "ghostrow " + String.join(" ", words));
            random.pieceBytes();
            job.checkOnce(() -> {
                record.check();
                checkPlace(path.file());
                ArrayWriter.requireRoom(path, random.bytes());
            });
            job.run(random::run);
        }
        return 0;
    }

    private void check() {
        if (threads < 1) {
            throw new InputException("--threads " + threads + ": at least 1 is needed");
        }
        progress.check();
        if (create == null && force) {
            throw new InputException("--force: is for --create; a mean replaces nothing");
        }
        if (create != null && mapped) {
            throw new InputException("--mapped: is for a mean; --create writes");
        }
        if (create != null && (create < 1 || create > MOST)) {
            throw new InputException("--create " + create + ": between 1 and " + MOST + " are possible");
        }
    }

    private void checkPlace(Path file) {
        if (Files.isDirectory(file)) {
            throw new InputException(file + ": is a folder; expected a file");
        }
        if (Files.exists(file) && !force) {
            throw new InputException(file + ": exists already; --force replaces it");
        }
    }
}
