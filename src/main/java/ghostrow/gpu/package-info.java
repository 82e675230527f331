/**
 * Devices that compute beside the processor, GPUs above all, through OpenCL: {@link ghostrow.gpu.Devices} finds them,
 * {@link ghostrow.gpu.Device} opens one for a rank, {@link ghostrow.gpu.Program} is OpenCL C that the driver compiles, and
 * a {@link ghostrow.gpu.Queue} says what is to be done in which order.
 *
 * <p>The library is called through java.lang.foreign alone. Three things about it are not in its manual. Drivers that
 * bring a compiler replace the JVM's signal handlers, which {@code Handlers} puts back. Compilers fuse a multiplication
 * with an addition unless a pragma forbids it, which no option does everywhere; each program finds out whether it was
 * heeded. And a driver can be called without the loader that is made for it, by the table that {@code DispatchTable}
 * reads.
 *
 * <p>A {@link ghostrow.gpu.GridDevice} keeps a rank's fields and steps them by a {@link ghostrow.gpu.StencilWay},
 * {@link ghostrow.gpu.GpuEscape} counts escapes, {@link ghostrow.gpu.ElementKernel} runs a formula's text, and
 * {@link ghostrow.gpu.Ceiling} is what the device allows.
 *
 * <p>May touch {@code comm} for calling C, {@code data} for errors of the user's, {@code formula} for its texts, and
 * {@code grid} and {@code kernel}, whose fields it keeps copies of and whose rules it computes. Is loaded only by runs
 * that ask for a device.
 */
package ghostrow.gpu;
