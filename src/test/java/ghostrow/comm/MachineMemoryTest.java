package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.MachineMemory.Invitation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may share memory does, and who only sees a file of the same name does not. */
class MachineMemoryTest {
    private static final long BYTES = 13;

    private final Arena arena = Arena.ofShared();
    private final Invitation made = Invitation.make(BYTES).orElseThrow();

    @AfterEach
    void leaveNothing() {
        arena.close();
        made.withdraw();
        assertFalse(Files.exists(made.file()));
    }

    @Test
    void anInvitationSurvivesItsJourney() {
        assertEquals(made, sent(made));
    }

    @Test
    void ranksOfThisMachineSeeEachOthersChanges() {
        MemorySegment one = made.accept(BYTES, arena).orElseThrow();
        MemorySegment other = sent(made).accept(BYTES, arena).orElseThrow();
        assertEquals(BYTES, other.byteSize());
        assertEquals(-1, other.mismatch(arena.allocate(BYTES)));
        one.set(ValueLayout.JAVA_LONG, 0, 42);
        assertEquals(42, other.get(ValueLayout.JAVA_LONG, 0));
    }

    /** A folder of a file server shows the file on every machine, but each has memory of its own. */
    @Test
    void anotherMachineDoesNotJoinThoughItSeesTheFile() {
        assertTrue(new Invitation("elsewhere since boot 1", made.sign(), made.file()).accept(BYTES, arena).isEmpty());
    }

    @Test
    void anotherFileOfThatNameIsNotJoinedAndNotChanged(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("other"), "short");
        assertTrue(new Invitation(made.machine(), made.sign(), file).accept(BYTES, arena).isEmpty());
        assertEquals("short", Files.readString(file));
        assertTrue(new Invitation(made.machine(), made.sign() + 1, made.file()).accept(BYTES, arena).isEmpty());
    }

    @Test
    void whereThereWasNothingToWriteThereIsNoInvitation() {
        assertTrue(Invitation.read(arena.allocate(Invitation.BYTES)).isEmpty());
    }

    private Invitation sent(Invitation invitation) {
        MemorySegment words = arena.allocate(Invitation.BYTES);
        invitation.write(words);
        return Invitation.read(words).orElseThrow();
    }
}
