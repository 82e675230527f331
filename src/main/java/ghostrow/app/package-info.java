/**
 * The workloads: what a rank does, from top to bottom. An {@link ghostrow.app.App} declares its options and refuses
 * what cannot work before any rank is started; {@link ghostrow.app.Job} makes the ranks; the rest is the program that
 * each of them runs.
 */
package ghostrow.app;
