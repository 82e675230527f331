package ghostrow.study.scale.predict;

/**
 * How fast one rank steps a strip between two neighbours, all computed points counted, those of ghost rows too.
 *
 * @param busy  how many cores of the node do so at the same time
 * @param bytes the strip's own cells in both fields
 * @param rows  the strip's own rows
 * @param depth ghost rows, and steps at a time
 */
public record Rate(int busy, long bytes, long rows, int depth, double pointsPerSecond) {
}
