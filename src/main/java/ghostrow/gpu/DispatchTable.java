package ghostrow.gpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions of one driver by name. All drivers keep the addresses of theirs in a table of the same order, which the
 * extension cl_khr_icd lays down, so that a loader can call them.
 */
final class DispatchTable {
    private static final Map<String, Integer> PLACES = Map.ofEntries(
            Map.entry("clGetPlatformInfo", 1), Map.entry("clGetDeviceIDs", 2), Map.entry("clGetDeviceInfo", 3),
            Map.entry("clCreateContext", 4), Map.entry("clReleaseContext", 7), Map.entry("clCreateCommandQueue", 9),
            Map.entry("clReleaseCommandQueue", 11), Map.entry("clCreateBuffer", 14), Map.entry("clReleaseMemObject", 18),
            Map.entry("clCreateProgramWithSource", 26), Map.entry("clReleaseProgram", 29), Map.entry("clBuildProgram", 30),
            Map.entry("clGetProgramBuildInfo", 33), Map.entry("clCreateKernel", 34), Map.entry("clReleaseKernel", 37),
            Map.entry("clSetKernelArg", 38), Map.entry("clGetKernelWorkGroupInfo", 40), Map.entry("clWaitForEvents", 41),
            Map.entry("clReleaseEvent", 44), Map.entry("clFlush", 46),
            Map.entry("clFinish", 47), Map.entry("clEnqueueReadBuffer", 48), Map.entry("clEnqueueWriteBuffer", 49),
            Map.entry("clEnqueueCopyBuffer", 50), Map.entry("clEnqueueMapBuffer", 56),
            Map.entry("clEnqueueUnmapMemObject", 58), Map.entry("clEnqueueNDRangeKernel", 59),
            Map.entry("clEnqueueMarkerWithWaitList", 105), Map.entry("clEnqueueBarrierWithWaitList", 106));

    private DispatchTable() {
    }

    /** All functions that it knows the place of. */
    static Set<String> names() {
        return PLACES.keySet();
    }

    /** Whether a library has every function that is needed here. */
    static boolean isComplete(SymbolLookup library) {
        return library.find("clGetPlatformIDs").isPresent()
                && names().stream().allMatch(name -> library.find(name).isPresent());
    }

    /** @param platforms the address of clGetPlatformIDs, which the table does not have for loaders alone */
    static SymbolLookup at(long address, long platforms) {
        MemorySegment table = MemorySegment.ofAddress(address).reinterpret(107L * Long.BYTES);
        return name -> name.equals("clGetPlatformIDs") ? Optional.of(MemorySegment.ofAddress(platforms))
                : Optional.ofNullable(PLACES.get(name)).map(place -> table.getAtIndex(ValueLayout.JAVA_LONG, place))
                        .filter(function -> function != 0).map(MemorySegment::ofAddress);
    }
}
