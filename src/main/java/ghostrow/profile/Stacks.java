package ghostrow.profile;

import ghostrow.data.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The call tree for flame graphs: as lines of stacks, and as speedscope has it. */
final class Stacks {
    private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

    private final Profile profile;

    Stacks(Profile profile) {
        this.profile = profile;
    }

    /** {@code rank 0;main;step 31}, with the number of samples. */
    void collapsed(Path file) throws IOException {
        CallTree tree = profile.samples().time();
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int node = 1; node < tree.size(); node++) {
                int[] stack = tree.stack(node);
                for (Map.Entry<Integer, double[]> spent : tree.own(node).entrySet()) {
                    out.write("rank " + spent.getKey());
                    for (int frame : stack) {
                        // A semicolon parts frames, and no method has one but of a hostile name.
                        out.write(";" + profile.samples().frames().name(frame).replace(';', ','));
                    }
                    out.write(" " + Math.round(spent.getValue()[1]) + "\n");
                }
            }
        }
    }

    /** A profile a rank. */
    void speedscope(Path file) throws IOException {
        CallTree tree = profile.samples().time();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", SCHEMA);
        document.put("name", profile.first().text("command"));
        document.put("exporter", "ghostrow");
        document.put("activeProfileIndex", 0);
        document.put("shared", Map.of("frames", profile.samples().frames().names().stream()
                .map(name -> Map.of("name", name)).toList()));
        List<Object> profiles = new ArrayList<>();
        TreeSet<Integer> ranks = new TreeSet<>();
        profile.traces().forEach(trace -> ranks.add(trace.rank()));
        for (int rank : ranks) {
            profiles.add(ofRank(tree, rank));
        }
        document.put("profiles", profiles);
        Files.writeString(file, Json.write(document) + "\n");
    }

    private static Map<String, Object> ofRank(CallTree tree, int rank) {
        List<Object> samples = new ArrayList<>();
        List<Object> weights = new ArrayList<>();
        double sum = 0;
        for (int node = 1; node < tree.size(); node++) {
            double[] spent = tree.own(node).get(rank);
            if (spent != null) {
                samples.add(Arrays.stream(tree.stack(node)).boxed().toList());
                weights.add(spent[0]);
                sum += spent[0];
            }
        }
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("type", "sampled");
        one.put("name", "rank " + rank);
        one.put("unit", "seconds");
        one.put("startValue", 0);
        one.put("endValue", sum);
        one.put("samples", samples);
        one.put("weights", weights);
        return one;
    }
}
