package ghostrow.comm.ffm;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.CommException;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import org.junit.jupiter.api.Test;

/** What libraries say of themselves decides how they are spoken to. */
class AbiTest {
    private static final SymbolLookup SYMBOLS = Linker.nativeLinker().defaultLookup();

    @Test
    void librariesAreKnownByTheirFirstWords() {
        assertInstanceOf(OpenMpiAbi.class, Abi.of("Open MPI v4.1.4, package: Debian", 0, SYMBOLS));
        assertInstanceOf(MpichAbi.class, Abi.of("MPICH Version:      4.0.2\nMPICH Release date: ...", 0, SYMBOLS));
        assertInstanceOf(MpichAbi.class, Abi.of("Intel(R) MPI Library 2021.13 for Linux* OS", 0, SYMBOLS));
    }

    /** Both families build their code a second time with the handles of the standard, and under their own name. */
    @Test
    void theStandardAbiIsRefusedByNameWhoeverBuiltIt() {
        for (String version : new String[] {"MPICH Version:      5.0.2\nmore", "Open MPI v6.0.0rc2, package"}) {
            String message = refused(version, 1);
            assertTrue(message.contains("standard ABI (libmpi_abi)") && message.contains("GHOSTROW_MPI_LIBRARY")
                    && message.contains(version.lines().findFirst().orElseThrow()), message);
        }
    }

    @Test
    void strangersAreRefusedByName() {
        assertTrue(refused("NEC MPI: Version 3", 0).contains("'NEC MPI: Version 3'"));
    }

    private static String refused(String version, int standardAbi) {
        return assertThrows(CommException.class, () -> Abi.of(version, standardAbi, SYMBOLS)).getMessage();
    }
}
