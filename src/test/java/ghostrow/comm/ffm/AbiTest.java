package ghostrow.comm.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.CommException;
import ghostrow.comm.Mpirun.Library;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import org.junit.jupiter.api.Test;

/** What libraries say of themselves decides how they are spoken to. */
class AbiTest {
    private static final SymbolLookup SYMBOLS = Linker.nativeLinker().defaultLookup();

    @Test
    void librariesAreKnownByTheirFirstWords() {
        assertEquals(Library.OPEN_MPI, Abi.family("Open MPI v4.1.4, package: Debian"));
        assertEquals(Library.MPICH, Abi.family("MPICH Version:      4.0.2\nMPICH Release date: ..."));
        assertEquals(Library.MPICH, Abi.family("Intel(R) MPI Library 2021.13 for Linux* OS"));
        assertEquals(Library.MPICH, Abi.family("MPI VERSION    : CRAY MPICH version 8.1.25.17 (ANL base 3.4a2)"));
    }

    /** Both families build their code a second time with the handles of the standard, and under their own name. */
    @Test
    void theStandardAbiGoesBeforeTheFamilysOwn() {
        for (Library family : Library.values()) {
            assertInstanceOf(StandardAbi.class, Abi.of(family, 1, SYMBOLS));
        }
        assertInstanceOf(OpenMpiAbi.class, Abi.of(Library.OPEN_MPI, 0, SYMBOLS));
        assertInstanceOf(MpichAbi.class, Abi.of(Library.MPICH, 0, SYMBOLS));
    }

    @Test
    void aLaterStandardAbiIsRefusedWithTheWayOut() {
        String message = assertThrows(CommException.class, () -> Abi.of(Library.MPICH, 2, SYMBOLS)).getMessage();
        assertTrue(message.contains("version 2 of the standard ABI") && message.contains("GHOSTROW_MPI_LIBRARY"),
                message);
    }

    @Test
    void strangersAreRefusedByName() {
        String message = assertThrows(CommException.class, () -> Abi.family("NEC MPI: Version 3")).getMessage();
        assertTrue(message.contains("'NEC MPI: Version 3'"), message);
    }
}
