package ghostrow.comm.ffm;

import ghostrow.comm.CFunction;
import ghostrow.comm.CommException;
import ghostrow.comm.ErrorSignals;
import ghostrow.comm.LibraryWish;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The MPI library of this process. It is loaded once, by whoever touches this class first, and stays:
 * everything that depends on which library it is can then be a {@code static final}, which the JIT compiles
 * to a constant.
 */
final class LoadedLibrary {
    private static final int MAX_LIBRARY_VERSION = 8192;

    private static final SymbolLookup SYMBOLS = load();

    /** What the library says of itself; MPI allows this one question before MPI_Init. */
    static final String VERSION = askVersion();
    static final Abi ABI = Abi.of(VERSION, askStandardAbi(), SYMBOLS);

    private LoadedLibrary() {
    }

    private static SymbolLookup load() {
        ErrorSignals.leaveToTheJvm();
        IllegalArgumentException last = null;
        for (String name : LibraryChoice.names(System.getenv())) {
            try {
                return SymbolLookup.libraryLookup(name, Arena.global());
            } catch (IllegalArgumentException notThere) {
                last = notThere;
            }
        }
        throw new CommException("cannot load the MPI library " + String.join(" or ",
                LibraryChoice.names(System.getenv())) + "; 'ghostrow doctor' lists what is installed, "
                + LibraryWish.VARIABLE + " names another", last);
    }

    /** The major number of the standard's ABI that the library has, which MPI allows to be asked as early; or 0. */
    private static int askStandardAbi() {
        MemorySegment function = SYMBOLS.find("MPI_Abi_get_version").orElse(null);
        if (function == null) {
            return 0;
        }
        MethodHandle ask = CFunction.link(function);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment major = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment minor = arena.allocate(ValueLayout.JAVA_INT);
            int code = CFunction.call(ask, major.address(), minor.address(), 0, 0, 0, 0, 0, 0);
            return code == 0 ? Math.max(0, major.get(ValueLayout.JAVA_INT, 0)) : 0;
        }
    }

    private static String askVersion() {
        MethodHandle ask = CFunction.link(address("MPI_Get_library_version"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(MAX_LIBRARY_VERSION);
            MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
            int code = CFunction.call(ask, text.address(), length.address(), 0, 0, 0, 0, 0, 0);
            return code == 0 ? text.getString(0) : "nothing (error " + code + ")";
        }
    }

    /** The library and its version in a few words, out of the paragraph that it returns. */
    static String title() {
        String line = VERSION.lines().findFirst().orElse("MPI");
        int comma = line.indexOf(','); // Open MPI v4.1.4, package: ..., ident: ...
        String title = comma < 0 ? line : line.substring(0, comma);
        return title.replaceFirst(" Version:\\s*", " ").strip(); // MPICH Version:      4.0.2
    }

    /** Links a function of up to eight parameters. */
    static MethodHandle link(String name) {
        return CFunction.link(address(name));
    }

    /** Links one of up to twelve. */
    static MethodHandle linkLong(String name) {
        return CFunction.linkLong(address(name));
    }

    private static MemorySegment address(String name) {
        MemorySegment found = SYMBOLS.find(name).orElse(null);
        if (found == null) {
            throw new CommException("the MPI library has no function " + name);
        }
        return found;
    }
}
