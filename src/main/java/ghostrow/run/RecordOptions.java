package ghostrow.run;

import ghostrow.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a run says of itself to programs. */
public final class RecordOptions {
    private String json;
    private boolean digest;
    private Optional<Consumer<Map<String, Object>>> results = Optional.empty();

    public void declare(Options options) {
        declareFile(options);
        options.flag("--digest", on -> digest = on, "Add the result's digest to the record.");
    }

    /** For runs whose results have no digest. */
    public void declareFile(Options options) {
        results = options.inside().flatMap(Inside::results);
        options.option("--json", "FILE", String.class, value -> json = value,
                "Write the run's record; - is standard output.");
    }

    /** Whether anybody asks for it, so that it is worth what it takes to know all that it says. */
    public boolean isWanted() {
        return json != null;
    }

    /** Tells whoever has asked. */
    public void tell(RunRecord record) throws IOException {
        results.ifPresent(record::tell);
        if (json != null) {
            record.write(json);
        }
    }

    public boolean wantsDigest() {
        return digest;
    }

    /** Refuses a place that cannot be written before a long run has been spent on it. Writes nothing. */
    public void check() {
        if (json != null && !json.equals("-")) {
            refuseUnwritable("--json", json, "choose another file, or - for standard output");
        }
    }

    /** The same for any file that an option names; {@code instead} is what else the user could say. */
    public static void refuseUnwritable(String option, String name, String instead) {
        Path file = Path.of(name).toAbsolutePath();
        Path there = file;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        boolean folder = Files.isDirectory(there);
        if (folder == there.equals(file) || !Files.isWritable(there)) {
            String obstacle = folder == there.equals(file) ? folder ? "a folder" : "a file" : "not writable";
            throw new InputException(option + " " + name + ": cannot be written, since " + there + " is " + obstacle
                    + "; " + instead);
        }
    }
}
