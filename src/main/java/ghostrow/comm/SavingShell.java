package ghostrow.comm;

import ghostrow.comm.Mpirun.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shell before an mpirun whose ranks save their work when they are asked to end. Open MPI's kills its ranks when
 * it is told to end, from version 5 on within a quarter of a second, and has no setting for it; SIGUSR1 it passes on. So
 * the shell turns the first order to end into that, and passes on a second as it is. MPICH's, once signalled, may forget
 * the exit code of its ranks: those on this machine leave it in a file.
 */
public final class SavingShell {
    private static final String FILE = "GHOSTROW_ENDING";

    /**
     * mpirun gets a session of its own: a terminal's Ctrl-C would reach it beside this shell. It ends when the shell is
     * killed. A signal ends the shell's wait, which then begins anew; a shell may have forgotten a child that it has
     * waited for once (127).
     */
    private static final String SCRIPT = """
            asked=
            order() {
                caught=1
                if [ -z "$asked" ]; then kill -s USR1 "$mpirun"; else kill -s TERM "$mpirun"; fi
                asked=1
            }
            trap order TERM INT HUP
            trap 'caught=1; kill -s USR1 "$mpirun"' USR1
            if [ "$0" = MPICH ]; then
                GHOSTROW_ENDING=$(mktemp) && export GHOSTROW_ENDING && trap 'rm -f "$GHOSTROW_ENDING"' EXIT
            fi
            bound=
            ! command -v setpriv > /dev/null || bound='setpriv --pdeathsig TERM'
            ! command -v setsid > /dev/null || bound="setsid $bound"
            $bound "$@" &
            mpirun=$! code=127 caught=1
            while [ -n "$caught" ]; do
                caught=
                wait "$mpirun"
                now=$?
                [ "$now" -eq 127 ] || code=$now
            done
            [ "$code" -ne 0 ] || [ ! -s "${GHOSTROW_ENDING-}" ] || read -r code < "$GHOSTROW_ENDING"
            exit "$code"
            """;

    private SavingShell() {
    }

    static List<String> before(Library library, List<String> mpirun) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, library.title()));
        command.addAll(mpirun);
        return command;
    }

    /** Leaves the exit code of this rank for the shell, if that stands before its mpirun on this machine. */
    public static void tell(int code) {
        String file = System.getenv(FILE);
        if (file != null && Files.exists(Path.of(file))) {
            try {
                Files.writeString(Path.of(file), code + "\n");
            } catch (IOException e) {
                System.err.println("ghostrow: cannot leave the exit code in " + file + ": " + e.getMessage());
            }
        }
    }
}
