package ghostrow.gpu;

import ghostrow.comm.CFunction;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the functions of OpenCL come from: from the loader that is made for it, {@code libOpenCL.so.1}, or, where only a
 * driver is installed, as on many nodes and in containers, from the first driver that drives anything. Found once, by
 * whoever touches this class first.
 */
final class OpenClLibrary {
    /** Names another file, be it a loader or a driver. */
    static final String VARIABLE = "GHOSTROW_OPENCL_LIBRARY";

    private static final List<String> LOADERS = List.of("libOpenCL.so.1", "libOpenCL.so");
    private static final List<String> DRIVERS = List.of("libnvidia-opencl.so.1", "libamdocl64.so", "libigdrcl.so");
    private static final Path VENDORS = Path.of("/etc/OpenCL/vendors");

    /** Null where there is none. */
    private static final OpenClLibrary FOUND = find(System.getenv()).orElse(null);

    private final String file;
    private final SymbolLookup symbols;

    private OpenClLibrary(String file, SymbolLookup symbols) {
        this.file = file;
        this.symbols = symbols;
    }

    /** Which file it is, if there is any. */
    static Optional<String> file() {
        return Optional.ofNullable(FOUND).map(found -> found.file);
    }

    static MethodHandle link(String name) {
        return CFunction.linkAddress(FOUND.symbols.find(name)
                .orElseThrow(() -> new GpuException(FOUND.file + " has no function " + name)));
    }

    private static Optional<OpenClLibrary> find(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        List<String> files = new ArrayList<>(LOADERS);
        files.addAll(DRIVERS);
        files.addAll(namedByVendors());
        for (String file : named.isEmpty() ? files : List.of(named)) {
            Optional<OpenClLibrary> found = load(file);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Drivers that are installed for the loader, which may be missing. */
    private static List<String> namedByVendors() {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> vendors = Files.newDirectoryStream(VENDORS, "*.icd")) {
            for (Path vendor : vendors) {
                files.add(Files.readString(vendor).strip());
            }
        } catch (IOException e) {
            return List.of();
        }
        Collections.sort(files);
        return files;
    }

    private static Optional<OpenClLibrary> load(String file) {
        SymbolLookup symbols;
        try {
            symbols = SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException notThere) {
            return Optional.empty();
        }
        if (symbols.find("clGetPlatformIDs").isPresent() && symbols.find("clEnqueueNDRangeKernel").isPresent()) {
            return Optional.of(new OpenClLibrary(file, symbols));
        }
        return symbols.find("clGetExtensionFunctionAddress").flatMap(OpenClLibrary::table)
                .map(table -> new OpenClLibrary(file, table));
    }

    /** A driver without a loader: each of its platforms begins with the address of a table of its functions. */
    private static Optional<SymbolLookup> table(MemorySegment extensions) {
        MethodHandle extension = CFunction.linkAddress(extensions);
        try (Arena arena = Arena.ofConfined()) {
            long ask = CFunction.callAddress(extension, arena.allocateFrom("clIcdGetPlatformIDsKHR").address(), 0, 0, 0, 0, 0,
                    0, 0, 0, 0, 0, 0);
            if (ask == 0) {
                return Optional.empty();
            }
            MemorySegment platform = arena.allocate(ValueLayout.JAVA_LONG);
            MethodHandle platforms = CFunction.linkAddress(MemorySegment.ofAddress(ask));
            int code = Handlers.kept(() -> (int) CFunction.callAddress(platforms, 1, platform.address(), 0, 0, 0, 0, 0, 0, 0, 0,
                    0, 0));
            if (code != OpenCl.SUCCESS) {
                return Optional.empty();
            }
            MemorySegment first = MemorySegment.ofAddress(platform.get(ValueLayout.JAVA_LONG, 0)).reinterpret(Long.BYTES);
            return Optional.of(DispatchTable.at(first.get(ValueLayout.JAVA_LONG, 0), ask));
        }
    }
}
