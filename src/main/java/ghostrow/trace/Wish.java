package ghostrow.trace;

import java.nio.file.Path;

/**
 * What is to be recorded of a run, and where it goes.
 *
 * @param folder     DIR/profile
 * @param lines      whether each line is to be known
 * @param allocation whether to take samples of allocation, too
 * @param sampler    which one; empty for the best there is
 * @param home       the folder of this program
 */
public record Wish(Path folder, boolean lines, boolean allocation, String sampler, Path home) {
    static final String RANKS = "ranks";

    Path ranks() {
        return folder.resolve(RANKS);
    }
}
