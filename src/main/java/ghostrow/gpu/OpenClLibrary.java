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
 * driver is installed or the loader has not been told of it, as on many nodes and in containers, from the first driver
 * that drives anything. Found once, by whoever touches this class first.
 */
final class OpenClLibrary {
    /** Names another file, be it a loader or a driver. */
    static final String VARIABLE = "GHOSTROW_OPENCL_LIBRARY";

    /** Where a user tells loaders to look for drivers. */
    private static final String VENDORS = "OCL_ICD_VENDORS";
    private static final List<String> LOADERS = List.of("libOpenCL.so.1", "libOpenCL.so");
    private static final List<String> DRIVERS = List.of("libnvidia-opencl.so.1", "libamdocl64.so", "libigdrcl.so");

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

    /** Why there is none. */
    static String lack() {
        String named = System.getenv().getOrDefault(VARIABLE, "");
        return named.isEmpty() ? "OpenCL is not installed: there is neither " + LOADERS.getFirst() + " nor a driver"
                : VARIABLE + " is " + named + ", which cannot be loaded as a library of OpenCL 1.2";
    }

    static MethodHandle link(String name) {
        return CFunction.linkAddress(address(name));
    }

    static MemorySegment address(String name) {
        return FOUND.symbols.find(name).orElseThrow(() -> new GpuException(FOUND.file + " has no function " + name));
    }

    private static Optional<OpenClLibrary> find(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return load(named);
        }
        Optional<OpenClLibrary> loader = first(LOADERS);
        if (loader.isPresent() && (environment.containsKey(VENDORS) || loader.get().drivesAnything())) {
            return loader;
        }
        List<String> drivers = new ArrayList<>(DRIVERS);
        if (loader.isEmpty()) {
            drivers.addAll(namedByVendors(Path.of(environment.getOrDefault(VENDORS, "/etc/OpenCL/vendors"))));
        }
        return first(drivers).or(() -> loader);
    }

    private static Optional<OpenClLibrary> first(List<String> files) {
        return files.stream().map(OpenClLibrary::load).flatMap(Optional::stream).findFirst();
    }

    /** Drivers that are installed for the loader, which may be missing. */
    private static List<String> namedByVendors(Path folder) {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> vendors = Files.newDirectoryStream(folder, "*.icd")) {
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
        Optional<SymbolLookup> functions = symbols.find("clGetPlatformIDs").isPresent() ? Optional.of(symbols)
                : symbols.find("clGetExtensionFunctionAddress").flatMap(OpenClLibrary::table);
        return functions.filter(DispatchTable::isComplete).map(all -> new OpenClLibrary(file, all));
    }

    private boolean drivesAnything() {
        MethodHandle platforms = CFunction.linkAddress(symbols.find("clGetPlatformIDs").orElseThrow());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            int code = Handlers.kept(() -> (int) CFunction.callAddress(platforms, 0, 0, count.address(), 0, 0, 0, 0, 0, 0, 0, 0,
                    0));
            return code == OpenCl.SUCCESS && count.get(ValueLayout.JAVA_INT, 0) > 0;
        }
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
