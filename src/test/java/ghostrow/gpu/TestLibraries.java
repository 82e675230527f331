package ghostrow.gpu;

import ghostrow.spmd.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the libraries are that tests call without or beside the loader. */
public final class TestLibraries {
    /** Names the library that a process is to call. */
    public static final String VARIABLE = OpenClLibrary.VARIABLE;

    private static final String POCL = "libpocl.so.2";
    private static final Path OCLGRIND = Path.of("/usr/lib/oclgrind");

    private TestLibraries() {
    }

    /** PoCL as a driver, which the loader would load. */
    public static String poclsDriver() {
        TestDevice.require();
        return POCL;
    }

    /** The simulator that finds races, with its functions under their own names. */
    public static String oclgrind() {
        return oclgrind("liboclgrind-rt.so");
    }

    /** The same as a driver, whose functions are found by its table. */
    public static String oclgrindsDriver() {
        return oclgrind("liboclgrind-rt-icd.so");
    }

    private static String oclgrind(String file) {
        Path library = Stream.of(OCLGRIND, Path.of("/usr/lib64/oclgrind"), Path.of("/usr/local/lib/oclgrind"))
                .map(folder -> folder.resolve(file)).filter(Files::exists).findFirst().orElse(OCLGRIND.resolve(file));
        Needs.software(Files.exists(library), "no oclgrind here, which simulates a GPU: " + library + " is not there");
        return library.toString();
    }
}
