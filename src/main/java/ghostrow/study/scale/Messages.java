package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.study.scale.predict.Link;
import ghostrow.study.scale.predict.Link.Exchanged;
import java.util.ArrayList;
import java.util.List;

/**
 * Measured exchanges.
 *
 * @param machines how many the two ranks were on
 * @param measured by growing sizes
 */
record Messages(int machines, List<Exchanged> measured) {

    /** What {@code ghostrow pingpong --exchange} prints: machines, then a pattern, bytes, and microseconds. */
    static Messages parse(List<String> lines) {
        List<Exchanged> measured = new ArrayList<>();
        int machines = 1;
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words.length == 2 && words[0].equals("machines")) {
                machines = Integer.parseInt(words[1]);
            } else if (words.length == 3 && words[0].equals("exchange")) {
                measured.add(new Exchanged(Long.parseLong(words[1]), Double.parseDouble(words[2]) / 1e6));
            }
        }
        if (measured.size() < 2) {
            throw new InputException("found " + measured.size() + " message sizes in what pingpong printed; two at "
                    + "least are expected");
        }
        return new Messages(machines, measured);
    }

    /** More bytes never take less: where they seem to, fewer were disturbed. */
    Link link() {
        List<Exchanged> steady = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (Exchanged one : measured.reversed()) {
            least = Math.min(least, one.seconds());
            steady.addFirst(new Exchanged(one.bytes(), least));
        }
        return Link.of(steady, machines > 1 ? Link.USUALLY_ASKS : Double.POSITIVE_INFINITY);
    }
}
