/**
 * Scaling studies: how the time of stepping, and of whole jobs, changes with ranks and threads.
 * {@link ghostrow.study.scale.Study} runs the jobs as child processes, as a user would, and keeps one CSV row a run;
 * everything else, tables, fits, charts, the page, is made from those rows alone.
 *
 * <pre>
 *   Scale (command line)
 *     |-- Study -> Launcher, Nodes, Workload -> runs/*.json -> Row -> Csv (study.csv)
 *     |-- Report &lt;- Summary &lt;- Csv;  Fit;  ReportCharts, ReportPage
 *     `-- Predict -> Probe, Messages, Caches -> predict.Machine;  PredictedApp -> predict.Forecast;
 *                    Trials, Csv -> Check;  Outlook -> OutlookCharts
 * </pre>
 */
package ghostrow.study.scale;
