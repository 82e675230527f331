package ghostrow.app;

import ghostrow.data.InputException;
import ghostrow.data.OutputFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of workloads that leave results behind. */
final class OutputOptions {

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "out",
            description = "Where files go (default out).")
    Path folder;

    @Option(names = "--force", description = "Replace the results of an earlier run.")
    boolean force;

    @Option(names = "--restart", description = "Go on with the run that left its files in --out.")
    boolean restart;

    /** Refuses, before anything is started, to write where it is impossible or would destroy results. */
    void check(Path result, boolean writes) {
        if (force && restart) {
            throw new InputException("--force replaces the earlier results and --restart goes on with them: "
                    + "choose one");
        }
        if (!force && !restart) {
            if (writes) {
                OutputFolder.refuseExisting(result);
            }
            Checkpoints.refuseExisting(folder);
        }
        OutputFolder.prepare(folder);
    }
}
