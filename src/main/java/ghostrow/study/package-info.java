/**
 * Studies of whole runs: benchmarks and their tables. A study starts runs as child processes, as a user would, and
 * reads what they print; it calls nothing of the program that it measures, but for the kernel's own rate, which
 * scale.predict measures in place.
 *
 * <p>What all studies share lies here: {@link ghostrow.study.Launch} says what is to be a child, and for how long at
 * most, {@link ghostrow.study.Child} is one, {@link ghostrow.study.Ended} how it ended; {@link ghostrow.study.Spread}
 * sums repeated figures up, {@link ghostrow.study.Host} tells of the machine and {@link ghostrow.study.Caches} of its
 * caches, {@link ghostrow.study.Allocation} of what Slurm has given; {@link ghostrow.study.Row} is a run's record as a
 * row, and {@link ghostrow.study.Csv} keeps rows in a file.
 */
package ghostrow.study;
