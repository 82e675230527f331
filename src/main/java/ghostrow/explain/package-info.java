/**
 * What becomes of a loop: {@code --explain}. It knows classes, bytecode, the JVM's recordings of itself and reports of
 * a C compiler ({@code cc}), but no workload: an app hands it the class that works and something that keeps it busy.
 * Runs that explain nothing load nothing of it.
 *
 * <ul>
 * <li>{@link ghostrow.explain.Explainer} writes the parts, in their order, on a {@link ghostrow.explain.Page};
 *     {@code JavaLoop} chooses what of the methods is shown, {@code Excerpt} what of a method.</li>
 * <li>{@code Classes}, {@code Code}, {@code Loop} and {@code Reach} read bytecode by the JDK's own
 *     {@code java.lang.classfile}, and find the loops and what is called in them; {@code Cost} says what an instruction
 *     costs, {@code Listing} writes them down.</li>
 * <li>{@code Source} finds the lines: the sources of the rungs travel in the jar, below {@code sources/}.</li>
 * <li>{@code Compilations} is what the JVM compiled while the loop ran, by its flight recorder, and {@code Compiled}
 *     says so; {@code MachineCode} reads the outcome from memory and has {@code objdump} tell what it is.</li>
 * </ul>
 */
package ghostrow.explain;
