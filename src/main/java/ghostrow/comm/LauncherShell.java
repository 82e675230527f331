package ghostrow.comm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shell before an mpirun, for what no mpirun does right.
 *
 * <p><b>An order to end.</b> Open MPI's kills its ranks when it is told to end, from version 5 on within a quarter of a
 * second, and has no setting for it; SIGUSR1 it passes on. So the shell turns the first order to end into that, where
 * ranks save their work when they hear it, and passes on a second as it is.
 *
 * <p><b>An exit code.</b> MPICH's may say 0 once it has been signalled, whatever its ranks said, and that of Open MPI 5
 * when it has lost a host. So ranks on this machine leave in a file that they have begun, and how they ended; of ranks
 * elsewhere nothing is known.
 */
public final class LauncherShell {
    private static final String FILE = "GHOSTROW_ENDING";

    /**
     * mpirun gets a session of its own: a terminal's Ctrl-C would reach it beside this shell. It ends when the shell is
     * killed. A signal ends the shell's wait, which then begins anew; a shell may have forgotten a child that it has
     * waited for once (127).
     */
    private static final String SCRIPT = """
            first=$1 reports=$2 asked= bound=
            shift 2
            order() {
                caught=1
                if [ -z "$asked" ]; then kill -s "$first" "$mpirun"; else kill -s TERM "$mpirun"; fi
                asked=1
            }
            trap order TERM INT HUP
            trap 'caught=1; kill -s USR1 "$mpirun"' USR1
            if [ "$reports" = true ]; then
                GHOSTROW_ENDING=$(mktemp) && export GHOSTROW_ENDING && trap 'rm -f "$GHOSTROW_ENDING"' EXIT
            fi
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
            if [ "$code" -eq 0 ] && [ -s "${GHOSTROW_ENDING-}" ]; then
                began=0 ended=0
                while read -r what how; do
                    case $what in
                        began) began=$((began + 1)) ;;
                        ended) ended=$((ended + 1)); [ "$how" -eq 0 ] || code=$how ;;
                    esac
                done < "$GHOSTROW_ENDING"
                if [ "$ended" -lt "$began" ]; then
                    echo "ghostrow: $1 ended with 0, but $((began - ended)) of $began ranks on this machine were cut off" >&2
                    code=1
                fi
            fi
            exit "$code"
            """;

    private LauncherShell() {
    }

    /**
     * @param saves   whether ranks save their work on SIGUSR1
     * @param reports whether the mpirun's exit code is not to be trusted
     */
    static List<String> before(List<String> mpirun, boolean saves, boolean reports) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "ghostrow", saves ? "USR1" : "TERM",
                Boolean.toString(reports)));
        command.addAll(mpirun);
        return command;
    }

    /** Said by a rank, if the shell stands before its mpirun on this machine. */
    public static void begun() {
        tell("began");
    }

    /** Said by a rank with its exit code, if it ends by itself. */
    public static void ended(int code) {
        tell("ended " + code);
    }

    private static void tell(String line) {
        String file = System.getenv(FILE);
        if (file != null && Files.exists(Path.of(file))) {
            try {
                Files.writeString(Path.of(file), line + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                System.err.println("ghostrow: " + file + ": " + e.getMessage());
            }
        }
    }
}
