package ghostrow.comm.ffm;

import ghostrow.comm.CFunction;
import ghostrow.comm.CommException;
import ghostrow.comm.LibraryEnvironment;
import ghostrow.comm.LibraryWish;
import ghostrow.comm.Mpirun.Library;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The MPI library of this process. It is loaded once, by whoever touches this class first, and stays:
 * everything that depends on which library it is can then be a {@code static final}, which the JIT compiles
 * to a constant.
 */
final class LoadedLibrary {
    private static final int MAX_LIBRARY_VERSION = 8192;

    /** Of dlfcn.h: what it needs is looked up at once, and its plug-ins find its functions. */
    private static final int RTLD_NOW_GLOBAL = 0x102;

    private static final Found FOUND = find();
    private static final SymbolLookup SYMBOLS = FOUND.symbols;

    /** What the library says of itself; MPI allows this one question before MPI_Init. */
    static final String VERSION = askVersion();
    static final Library FAMILY = Abi.family(VERSION);
    static final Abi ABI = Abi.of(FAMILY, askStandardAbi(), SYMBOLS);

    private record Found(LibraryChoice choice, SymbolLookup symbols) {
    }

    private LoadedLibrary() {
    }

    private static Found find() {
        LibraryEnvironment.prepare();
        List<LibraryChoice> choices = LibraryChoice.of(System.getenv(), LibraryFolders.of(System.getenv()));
        IllegalArgumentException last = null;
        for (LibraryChoice choice : choices) {
            try {
                return new Found(choice, load(choice.file()));
            } catch (IllegalArgumentException notThere) {
                last = notThere;
            }
        }
        throw new CommException("cannot load the MPI library "
                + String.join(" or ", choices.stream().map(LibraryChoice::file).toList())
                + "; 'ghostrow doctor' lists what is installed, " + LibraryWish.VARIABLE + " names another", last);
    }

    /** The JDK loads a library for itself alone, so the system's loader is asked first to load it for all. */
    private static SymbolLookup load(String file) {
        MethodHandle dlopen = CFunction.link(Linker.nativeLinker().defaultLookup().findOrThrow("dlopen"));
        try (Arena arena = Arena.ofConfined()) {
            int handle = CFunction.call(dlopen, arena.allocateFrom(file).address(), RTLD_NOW_GLOBAL, 0, 0, 0, 0, 0, 0);
            if (handle == 0) {
                throw new IllegalArgumentException(file + " cannot be loaded");
            }
        }
        return SymbolLookup.libraryLookup(file, Arena.global());
    }

    /** Which file it is, how it is called, and why it is this one. */
    static String choice() {
        return FOUND.choice.file() + ", " + ABI.title() + ": " + FOUND.choice.reason();
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
