/**
 * What every run shares, whatever its workload: an {@link ghostrow.run.App} declares its options and refuses what
 * cannot work before any rank is started, {@link ghostrow.run.Job} turns one command line into ranks,
 * {@link ghostrow.run.Agreement} lets them decide together, {@link ghostrow.run.Phases} knows where their time goes,
 * and {@link ghostrow.run.Summary} and {@link ghostrow.run.RunRecord} tell people and programs of it.
 *
 * <p>May touch {@code comm}, {@code data} and {@code formula}, and {@code trace} and {@code profile} where a run is
 * recorded. Knows no workload, no grid and no kernel.
 */
package ghostrow.run;
