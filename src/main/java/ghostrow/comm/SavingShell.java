package ghostrow.comm;

import java.util.ArrayList;
import java.util.List;

/**
 * A small shell before an mpirun whose ranks save their work when they are asked to end. Open MPI's kills its ranks when
 * it is told to end, from version 5 on within a quarter of a second, and has no setting for it; SIGUSR1 it passes on. So
 * the shell turns the first order to end into that, and passes on a second as it is.
 */
final class SavingShell {
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
            exit "$code"
            """;

    private SavingShell() {
    }

    static List<String> before(List<String> mpirun) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "ghostrow"));
        command.addAll(mpirun);
        return command;
    }
}
