package ghostrow.gpu;

import static ghostrow.comm.CFunction.callAddress;
import static ghostrow.gpu.OpenClLibrary.link;

import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenCL 1.2 that are needed here: a static method each, addresses and handles as {@code long}, the
 * error code or the new handle as the result.
 *
 * <p>Each is linked when it is first called, and a constant to the JIT from then on, since it sits in a class of its own.
 */
final class OpenCl {
    static final int SUCCESS = 0;

    private OpenCl() {
    }

    private static final class GetPlatformIDs {
        static final MethodHandle CALL = link("clGetPlatformIDs");
    }

    static int getPlatformIds(int entries, long platforms, long count) {
        return (int) callAddress(GetPlatformIDs.CALL, entries, platforms, count, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class GetPlatformInfo {
        static final MethodHandle CALL = link("clGetPlatformInfo");
    }

    static int getPlatformInfo(long platform, int what, long size, long value, long sizeNeeded) {
        return (int) callAddress(GetPlatformInfo.CALL, platform, what, size, value, sizeNeeded, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class GetDeviceIDs {
        static final MethodHandle CALL = link("clGetDeviceIDs");
    }

    static int getDeviceIds(long platform, long type, int entries, long devices, long count) {
        return (int) callAddress(GetDeviceIDs.CALL, platform, type, entries, devices, count, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class GetDeviceInfo {
        static final MethodHandle CALL = link("clGetDeviceInfo");
    }

    static int getDeviceInfo(long device, int what, long size, long value, long sizeNeeded) {
        return (int) callAddress(GetDeviceInfo.CALL, device, what, size, value, sizeNeeded, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class CreateContext {
        static final MethodHandle CALL = link("clCreateContext");
    }

    static long createContext(long properties, int count, long devices, long error) {
        return callAddress(CreateContext.CALL, properties, count, devices, 0, 0, error, 0, 0, 0, 0, 0, 0);
    }

    private static final class ReleaseContext {
        static final MethodHandle CALL = link("clReleaseContext");
    }

    static int releaseContext(long context) {
        return (int) callAddress(ReleaseContext.CALL, context, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class CreateCommandQueue {
        static final MethodHandle CALL = link("clCreateCommandQueue");
    }

    static long createCommandQueue(long context, long device, long properties, long error) {
        return callAddress(CreateCommandQueue.CALL, context, device, properties, error, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class ReleaseCommandQueue {
        static final MethodHandle CALL = link("clReleaseCommandQueue");
    }

    static int releaseCommandQueue(long queue) {
        return (int) callAddress(ReleaseCommandQueue.CALL, queue, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class CreateProgramWithSource {
        static final MethodHandle CALL = link("clCreateProgramWithSource");
    }

    static long createProgramWithSource(long context, int count, long texts, long lengths, long error) {
        return callAddress(CreateProgramWithSource.CALL, context, count, texts, lengths, error, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class BuildProgram {
        static final MethodHandle CALL = link("clBuildProgram");
    }

    static int buildProgram(long program, int count, long devices, long options) {
        return (int) callAddress(BuildProgram.CALL, program, count, devices, options, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class GetProgramBuildInfo {
        static final MethodHandle CALL = link("clGetProgramBuildInfo");
    }

    static int getProgramBuildInfo(long program, long device, int what, long size, long value, long sizeNeeded) {
        return (int) callAddress(GetProgramBuildInfo.CALL, program, device, what, size, value, sizeNeeded, 0, 0, 0,
                0, 0, 0);
    }

    private static final class ReleaseProgram {
        static final MethodHandle CALL = link("clReleaseProgram");
    }

    static int releaseProgram(long program) {
        return (int) callAddress(ReleaseProgram.CALL, program, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class CreateKernel {
        static final MethodHandle CALL = link("clCreateKernel");
    }

    static long createKernel(long program, long name, long error) {
        return callAddress(CreateKernel.CALL, program, name, error, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class ReleaseKernel {
        static final MethodHandle CALL = link("clReleaseKernel");
    }

    static int releaseKernel(long kernel) {
        return (int) callAddress(ReleaseKernel.CALL, kernel, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class GetKernelWorkGroupInfo {
        static final MethodHandle CALL = link("clGetKernelWorkGroupInfo");
    }

    static int getKernelWorkGroupInfo(long kernel, long device, int what, long size, long value, long sizeNeeded) {
        return (int) callAddress(GetKernelWorkGroupInfo.CALL, kernel, device, what, size, value, sizeNeeded, 0, 0, 0,
                0, 0, 0);
    }

    private static final class SetKernelArg {
        static final MethodHandle CALL = link("clSetKernelArg");
    }

    static int setKernelArg(long kernel, int index, long size, long value) {
        return (int) callAddress(SetKernelArg.CALL, kernel, index, size, value, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class CreateBuffer {
        static final MethodHandle CALL = link("clCreateBuffer");
    }

    static long createBuffer(long context, long flags, long size, long host, long error) {
        return callAddress(CreateBuffer.CALL, context, flags, size, host, error, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class ReleaseMemObject {
        static final MethodHandle CALL = link("clReleaseMemObject");
    }

    static int releaseMemObject(long memory) {
        return (int) callAddress(ReleaseMemObject.CALL, memory, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class EnqueueNDRangeKernel {
        static final MethodHandle CALL = link("clEnqueueNDRangeKernel");
    }

    static int enqueueNdRangeKernel(long queue, long kernel, int dimensions, long offset, long global, long local,
            int waits, long waitList, long event) {
        return (int) callAddress(EnqueueNDRangeKernel.CALL, queue, kernel, dimensions, offset, global, local, waits,
                waitList, event, 0, 0, 0);
    }

    private static final class EnqueueReadBuffer {
        static final MethodHandle CALL = link("clEnqueueReadBuffer");
    }

    static int enqueueReadBuffer(long queue, long buffer, int blocking, long offset, long size, long into, int waits,
            long waitList, long event) {
        return (int) callAddress(EnqueueReadBuffer.CALL, queue, buffer, blocking, offset, size, into, waits,
                waitList, event, 0, 0, 0);
    }

    private static final class EnqueueWriteBuffer {
        static final MethodHandle CALL = link("clEnqueueWriteBuffer");
    }

    static int enqueueWriteBuffer(long queue, long buffer, int blocking, long offset, long size, long from,
            int waits, long waitList, long event) {
        return (int) callAddress(EnqueueWriteBuffer.CALL, queue, buffer, blocking, offset, size, from, waits,
                waitList, event, 0, 0, 0);
    }

    private static final class EnqueueCopyBuffer {
        static final MethodHandle CALL = link("clEnqueueCopyBuffer");
    }

    static int enqueueCopyBuffer(long queue, long from, long to, long fromOffset, long toOffset, long size,
            int waits, long waitList, long event) {
        return (int) callAddress(EnqueueCopyBuffer.CALL, queue, from, to, fromOffset, toOffset, size, waits,
                waitList, event, 0, 0, 0);
    }

    private static final class EnqueueMapBuffer {
        static final MethodHandle CALL = link("clEnqueueMapBuffer");
    }

    static long enqueueMapBuffer(long queue, long buffer, int blocking, long flags, long offset, long size,
            int waits, long waitList, long event, long error) {
        return callAddress(EnqueueMapBuffer.CALL, queue, buffer, blocking, flags, offset, size, waits, waitList,
                event, error, 0, 0);
    }

    private static final class EnqueueUnmapMemObject {
        static final MethodHandle CALL = link("clEnqueueUnmapMemObject");
    }

    static int enqueueUnmapMemObject(long queue, long memory, long mapped, int waits, long waitList, long event) {
        return (int) callAddress(EnqueueUnmapMemObject.CALL, queue, memory, mapped, waits, waitList, event, 0, 0, 0,
                0, 0, 0);
    }

    private static final class EnqueueMarkerWithWaitList {
        static final MethodHandle CALL = link("clEnqueueMarkerWithWaitList");
    }

    static int enqueueMarker(long queue, int waits, long waitList, long event) {
        return (int) callAddress(EnqueueMarkerWithWaitList.CALL, queue, waits, waitList, event, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class EnqueueBarrierWithWaitList {
        static final MethodHandle CALL = link("clEnqueueBarrierWithWaitList");
    }

    static int enqueueBarrier(long queue, int waits, long waitList, long event) {
        return (int) callAddress(EnqueueBarrierWithWaitList.CALL, queue, waits, waitList, event, 0, 0, 0, 0, 0, 0, 0,
                0);
    }

    private static final class Flush {
        static final MethodHandle CALL = link("clFlush");
    }

    static int flush(long queue) {
        return (int) callAddress(Flush.CALL, queue, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class Finish {
        static final MethodHandle CALL = link("clFinish");
    }

    static int finish(long queue) {
        return (int) callAddress(Finish.CALL, queue, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class WaitForEvents {
        static final MethodHandle CALL = link("clWaitForEvents");
    }

    static int waitForEvents(int count, long events) {
        return (int) callAddress(WaitForEvents.CALL, count, events, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final class ReleaseEvent {
        static final MethodHandle CALL = link("clReleaseEvent");
    }

    static int releaseEvent(long event) {
        return (int) callAddress(ReleaseEvent.CALL, event, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
