package ghostrow.run;

import ghostrow.data.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a run says of itself to programs. */
public final class RecordOptions {
    private String json;
    private boolean digest;

    public void declare(Options options) {
        options.option("--json", "FILE", String.class, value -> json = value,
                "Write the run's record; - is standard output.");
        options.flag("--digest", on -> digest = on, "Add the result's digest to the record.");
    }

    /** Where the record goes; null where none is wanted. */
    String json() {
        return json;
    }

    public boolean wantsDigest() {
        return digest;
    }

    /** Refuses a place that cannot be written before a long run has been spent on it. Writes nothing. */
    public void check() {
        if (json == null || json.equals("-")) {
            return;
        }
        Path file = Path.of(json).toAbsolutePath();
        Path there = file;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        boolean folder = Files.isDirectory(there);
        if (folder == there.equals(file) || !Files.isWritable(there)) {
            String obstacle = folder == there.equals(file) ? folder ? "a folder" : "a file" : "not writable";
            throw new InputException("--json " + json + ": cannot be written, since " + there + " is " + obstacle
                    + "; choose another file, or - for standard output");
        }
    }
}
