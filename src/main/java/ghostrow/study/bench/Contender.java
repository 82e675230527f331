package ghostrow.study.bench;

import java.util.List;

/**
 * One way to do a case's work.
 *
 * @param ours    whether it is this program, which prints a record and not a peer's pairs of names and values
 * @param missing what it lacks on this machine; empty if it can run
 */
record Contender(String name, boolean ours, List<String> command, String missing) {

    Contender on(int cores) {
        return new Contender(name, ours, Pin.to(cores, command), missing);
    }
}
