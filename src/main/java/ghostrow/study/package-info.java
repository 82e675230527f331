/**
 * Studies of whole runs: benchmarks and their tables. A study starts runs as child processes, as a user would, and
 * reads what they print; it calls nothing of the program that it measures.
 */
package ghostrow.study;
