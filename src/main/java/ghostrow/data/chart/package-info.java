/**
 * Charts of measurements, drawn by XChart: each as SVG for pages and as PNG for everything else. It knows nothing
 * of what was measured, needs no screen, and needs one font on the machine.
 */
package ghostrow.data.chart;
