package ghostrow.study.scale;

import ghostrow.data.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Machines that a prediction can be measured and checked on.
 *
 * @param ranks        on all of them together
 * @param ranksPerNode on the fullest
 * @param machines     how many there are
 * @param apart        the words that put two ranks on two of them
 * @param all          the words that put all ranks on all of them
 */
record Network(int ranks, int ranksPerNode, int machines, List<String> apart, List<String> all) {

    /** @param hosts {@code HOST:N,HOST:N} */
    static Network of(String hosts) {
        List<String> names = new ArrayList<>();
        int ranks = 0;
        int fullest = 0;
        for (String host : hosts.split(",")) {
            int colon = host.lastIndexOf(':');
            long slots = colon < 0 ? 1 : Workload.number(host.substring(colon + 1));
            if (slots < 1 || slots > Integer.MAX_VALUE || host.isBlank() || colon == 0) {
                throw new InputException("--host " + hosts + ": HOST,HOST or HOST:N,HOST:N is expected");
            }
            names.add(colon < 0 ? host : host.substring(0, colon));
            ranks = Math.addExact(ranks, (int) slots);
            fullest = Math.max(fullest, (int) slots);
        }
        if (names.stream().distinct().count() < Math.max(2, names.size())) {
            throw new InputException("--host " + hosts + ": two hosts at least are expected, each named once");
        }
        return new Network(ranks, fullest, names.size(), List.of("--host", String.join(",", names.subList(0, 2))),
                List.of("--host", hosts));
    }

    /** Where a launcher has been seen to put two ranks. */
    static Network ofLauncher() {
        return new Network(2, 1, 2, List.of(), List.of());
    }
}
