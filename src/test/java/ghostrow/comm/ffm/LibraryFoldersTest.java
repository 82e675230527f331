package ghostrow.comm.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Mpirun.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried for each family in folders like those of systems and sites. */
class LibraryFoldersTest {
    private static final List<String> OPEN_MPI = List.of("libmpi.so.40");
    private static final List<String> MPICH = List.of("libmpich.so.12", "libmpi.so.12");

    @TempDir
    private Path folder;

    /** Debian has both side by side; the common name is a link to either. */
    @Test
    void theStandardAbiIsItsFamilysAlone() throws IOException {
        files("libmpi.so.40", "libmpich.so.12", "libmpi_abi_openmpi.so.1.0.0", "libmpi_abi_mpich.so.1.0.0");
        Files.createSymbolicLink(folder.resolve("libmpi_abi.so.1"), Path.of("libmpi_abi_openmpi.so.1.0.0"));
        expect(Library.OPEN_MPI, OPEN_MPI, "libmpi_abi_openmpi.so.1.0.0");
        expect(Library.MPICH, MPICH, "libmpi_abi_mpich.so.1.0.0");
    }

    /** An installation of one's own holds one family. */
    @Test
    void theOnlyFamilyOfAFolderOwnsItsStandardAbi() throws IOException {
        files("libmpi.so.12", "libmpi_abi.so.1", "libmpi_abi.so");
        expect(Library.MPICH, MPICH, "libmpi_abi.so.1");
        expect(Library.OPEN_MPI, OPEN_MPI);
    }

    @Test
    void aStandardAbiOfNobodyKnownIsLeftAlone() throws IOException {
        files("libmpi.so.40", "libmpi.so.12", "libmpi_abi.so.1");
        expect(Library.OPEN_MPI, OPEN_MPI);
        expect(Library.MPICH, MPICH);
    }

    /** A module's library goes with its own launcher, also where the system has a newer one with the standard ABI. */
    @Test
    void theFirstFolderOfAFamilyDecides() throws IOException {
        Path system = Files.createDirectory(folder.resolve("system"));
        Path module = Files.createDirectory(folder.resolve("module"));
        Files.createFile(module.resolve("libmpi.so.40"));
        Files.createFile(system.resolve("libmpi_abi_openmpi.so.1.0.0"));
        Files.createFile(system.resolve("libmpi_abi.so.1"));
        assertEquals(OPEN_MPI, new LibraryFolders(List.of(module, system)).files(Library.OPEN_MPI));
        assertEquals(2, new LibraryFolders(List.of(system, module)).files(Library.OPEN_MPI).size());
    }

    @Test
    void craysLibrariesAreFoundByTheirBeginnings() throws IOException {
        files("libmpi_gnu_123.so.12", "libmpifort_gnu_123.so.12");
        expect(Library.MPICH, MPICH, "libmpi_gnu_123.so.12");
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(folder.resolve(name));
        }
    }

    private void expect(Library family, List<String> last, String... first) {
        List<String> expected = new ArrayList<>();
        for (String name : first) {
            expected.add(folder.resolve(name).toString());
        }
        expected.addAll(last);
        assertEquals(expected, new LibraryFolders(List.of(folder)).files(family));
    }
}
