package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.study.scale.predict.Link;
import java.util.ArrayList;
import java.util.List;

/** Measured messages, and the line that is nearest to them. */
record Messages(List<Message> measured) {

    record Message(long bytes, double seconds) {
    }

    /** What {@code ghostrow pingpong} prints: a pattern, bytes, and microseconds. */
    static Messages parse(List<String> lines) {
        List<Message> measured = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words.length == 3 && words[0].equals("pingpong")) {
                measured.add(new Message(Long.parseLong(words[1]), Double.parseDouble(words[2]) / 1e6));
            }
        }
        if (measured.size() < 2) {
            throw new InputException("found " + measured.size() + " message sizes in what pingpong printed; two at "
                    + "least are expected");
        }
        return new Messages(measured);
    }

    /** t = latency + bytes / bandwidth, where each size counts by its relative distance: small ones too. */
    Link fitted() {
        double[][] rows = new double[measured.size()][];
        double[] ones = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            Message message = measured.get(i);
            rows[i] = new double[] {1 / message.seconds, message.bytes / message.seconds};
            ones[i] = 1;
        }
        double[] line = LeastSquares.solve(rows, ones).coefficients();
        if (!(line[0] > 0 && line[1] > 0)) {
            throw new StudyException("the messages' times do not grow with their bytes as a line does, " + measured
                    + ": the machine was busy; run again, or give --latency and --bandwidth");
        }
        return new Link(line[0], 1 / line[1]);
    }

    /** The largest relative distance of a measured size from the line. */
    double largestError() {
        Link link = fitted();
        return measured.stream().mapToDouble(message -> Math.abs(link.seconds(message.bytes) / message.seconds - 1))
                .max().orElseThrow();
    }
}
