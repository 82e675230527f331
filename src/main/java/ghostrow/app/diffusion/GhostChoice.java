package ghostrow.app.diffusion;

import ghostrow.grid.Link;
import java.util.Optional;

/**
 * How many ghost rows a side a run has.
 *
 * @param link what lies between its ranks, where they are on several machines
 */
record GhostChoice(int depth, Optional<Link> link) {
}
