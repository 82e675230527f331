/**
 * The benchmark: whole runs of this program beside the peers of {@code src/bench/peers}, the machine's limits and a
 * GPU's measured in the same session, and sweeps over sizes and depths. All have the same cores, take turns in beginning, and
 * are compared with what this program needed in the same round. Everything is a child process; of the program
 * itself only its records (JSON) are read, and nothing here knows how a kernel works.
 */
package ghostrow.study.bench;
