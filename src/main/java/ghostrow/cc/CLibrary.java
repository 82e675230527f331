package ghostrow.cc;

import ghostrow.data.InputException;
import ghostrow.data.UserCache;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Functions of a piece of C, compiled once for this machine and kept in the user's cache folder: {@code
 * $XDG_CACHE_HOME/ghostrow} or {@code ~/.cache/ghostrow}. Source and object lie there side by side, named after what
 * they were made of, so that another source, compiler or processor has another object.
 */
public final class CLibrary {
    private static final int DIGITS = 16;

    private final SymbolLookup symbols;

    private CLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /** What this machine lacks for it. */
    public static Optional<String> missing() {
        Map<String, String> environment = System.getenv();
        return CCompiler.find(environment).isPresent() ? Optional.empty() : Optional.of("a C compiler, and there is no "
                + CCompiler.name(environment) + " to be run: install gcc or clang, or name one in CC");
    }

    /** @param name of the files, for those who look into the folder */
    public static CLibrary of(String name, String source) {
        return of(name, source, System.getenv());
    }

    static CLibrary of(String name, String source, Map<String, String> environment) {
        CCompiler compiler = compiler(environment);
        try {
            return new CLibrary(load(object(name, source, compiler, UserCache.folder(environment))));
        } catch (IOException e) {
            throw new InputException("C cannot be compiled: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("stopped while C was compiled");
        }
    }

    private static SymbolLookup load(Path object) {
        try {
            return SymbolLookup.libraryLookup(object, Arena.global());
        } catch (IllegalArgumentException damaged) {
            throw new InputException(object + " cannot be loaded; remove it, and it is compiled anew");
        }
    }

    /** What the compiler has to say of a function; keeps nothing. */
    public static CReport report(String name, String source, String function) {
        return report(name, source, function, System.getenv());
    }

    static CReport report(String name, String source, String function, Map<String, String> environment) {
        CCompiler compiler = compiler(environment);
        try {
            Path scratch = Files.createTempDirectory("ghostrow");
            try {
                Path file = Files.writeString(scratch.resolve(name + ".c"), source);
                return CReport.of(compiler, source, function, file, scratch.resolve(name + ".so"));
            } finally {
                remove(scratch);
            }
        } catch (IOException e) {
            throw new InputException("C cannot be compiled: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("stopped while C was compiled");
        }
    }

    private static CCompiler compiler(Map<String, String> environment) {
        return CCompiler.find(environment).orElseThrow(() -> new InputException("no C compiler: "
                + CCompiler.name(environment) + " is not there"));
    }

    private static Path object(String name, String source, CCompiler compiler, Path folder)
            throws IOException, InterruptedException {
        String made = name + "-" + digest(source + compiler.identity());
        Path object = folder.resolve(made + ".so");
        if (!Files.exists(object)) {
            Path scratch = scratch(folder, made);
            try {
                // Ranks may be at it at the same time: each has files of its own until they are complete.
                Path written = Files.writeString(scratch.resolve(made + ".c"), source);
                Path compiled = scratch.resolve(made + ".so");
                compiler.compile(written, compiled);
                Files.move(written, folder.resolve(made + ".c"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(compiled, object, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                remove(scratch);
            }
        }
        return object;
    }

    private static Path scratch(Path folder, String made) {
        try {
            Files.createDirectories(folder);
            return Files.createTempDirectory(folder, made);
        } catch (IOException e) {
            throw new InputException("cannot write to " + folder + ", where compiled C is kept ("
                    + reason(e) + "); name another folder in XDG_CACHE_HOME");
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case FileAlreadyExistsException _ -> "a file is in the way";
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no folder can be made there";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> e.toString();
        };
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A function, ready to be called. */
    public MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type);
    }
}
