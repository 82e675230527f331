package ghostrow.study.scale.predict;

import ghostrow.study.Level;
import java.util.List;

/**
 * What the model knows of a machine.
 *
 * @param title          the processor, for people
 * @param app            whose rule the kernel's rates are of
 * @param cores          of the machine that was measured
 * @param levels         caches from the innermost out
 * @param within         messages between ranks of one node
 * @param between        messages between nodes
 * @param assumed        whether {@code between} was never measured nor given, and is {@code within} again
 * @param ranksPerNode   how many ranks share a node
 * @param sumPerPoint    seconds a point of the closing sum, which each rank takes for its own rows
 * @param writePerByte   seconds a byte of a snapshot, whichever ranks write it
 */
public record Machine(String title, String app, int cores, List<Level> levels, Rates rates, Link within, Link between,
                      boolean assumed, int ranksPerNode, double sumPerPoint, double writePerByte) {

    /** The same, as if all ranks were on one node, which has as many cores as were measured. */
    public Machine alone() {
        return with(within, true, Integer.MAX_VALUE);
    }

    public Machine with(Link between, boolean assumed, int ranksPerNode) {
        return new Machine(title, app, cores, levels, rates, within, between, assumed, ranksPerNode, sumPerPoint,
                writePerByte);
    }

    /** Where a rank's working set lies: in the innermost cache that holds it, while others use the caches too. */
    String level(double bytes, int busy) {
        return levels.stream().filter(level -> level.holds(bytes, busy)).map(Level::name).findFirst().orElse("memory");
    }
}
