/**
 * Studies of whole runs: benchmarks and their tables. A study starts runs as child processes, as a user would, and
 * reads what they print; it calls nothing of the program that it measures, but for the kernel's own rate, which
 * scale.predict measures in place.
 */
package ghostrow.study;
