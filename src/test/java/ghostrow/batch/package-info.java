/**
 * Batch jobs as users submit them, on a real Slurm that lives on this machine for as long as the tests take.
 * Nothing here knows how jobs are made: it sees what {@code sbatch}, {@code squeue} and the files in the
 * output folder show. Beside them the scripts alone, as other launchers and batch systems call them, and what set-up
 * and make install leave. Where no Slurm daemon can be started the tests are skipped, with the reason printed.
 */
package ghostrow.batch;
