/**
 * Batch jobs as users submit them, on a real Slurm that lives on this machine for as long as the tests take.
 * Nothing here knows how jobs are made: it sees what {@code sbatch}, {@code squeue} and the files in the
 * output folder show. Where no Slurm daemon can be started the tests are skipped, with the reason printed.
 */
package ghostrow.batch;
