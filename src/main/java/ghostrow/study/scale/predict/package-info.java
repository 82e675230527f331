/**
 * A model of the grid workloads that predicts times for any number of ranks from a few measured figures of a
 * machine, and the meter that takes the kernel's figures.
 *
 * <pre>
 *   Rates, Link -> Machine           -.
 *                                    >-- Model -> Prediction (one number of ranks) -> Forecast (a table of them)
 *   Passes (counted rows), Problem  -'
 *   RateMeter -> Rates;  MachineFile &lt;-> Machine
 * </pre>
 *
 * All but {@link ghostrow.study.scale.predict.RateMeter} and {@link ghostrow.study.scale.predict.MachineFile} is
 * arithmetic on records: the same machine and problem give the same prediction anywhere. The meter is the one place
 * of the studies that calls a kernel itself, for no whole run has a strip between neighbours on a single rank.
 */
package ghostrow.study.scale.predict;
