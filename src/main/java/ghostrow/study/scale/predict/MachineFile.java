package ghostrow.study.scale.predict;

import ghostrow.data.InputException;
import ghostrow.data.Json;
import ghostrow.study.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A machine as JSON, one figure or one measurement a line, so that people can read and change it. */
public final class MachineFile {
    private MachineFile() {
    }

    public static void write(Machine machine, Path file) throws IOException {
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("title", machine.title());
        top.put("app", machine.app());
        top.put("cores", machine.cores());
        top.put("ranksPerNode", machine.ranksPerNode());
        top.put("within", link(machine.within()));
        top.put("between", machine.assumed() ? null : link(machine.between()));
        top.put("sumSecondsPerPoint", machine.sumPerPoint());
        top.put("snapshotSecondsPerByte", machine.writePerByte());
        top.put("levels", machine.levels().stream().map(MachineFile::level).toList());
        top.put("rates", machine.rates().measured().stream().map(MachineFile::rate).toList());
        Files.writeString(file, top.entrySet().stream().map(MachineFile::line)
                .collect(Collectors.joining(",\n", "{\n", "\n}\n")));
    }

    private static String line(Map.Entry<String, Object> entry) {
        String value = entry.getValue() instanceof List<?> list
                ? list.stream().map(one -> "  " + Json.write(one)).collect(Collectors.joining(",\n", "[\n", "\n]"))
                : Json.write(entry.getValue());
        return Json.write(entry.getKey()) + ": " + value;
    }

    private static Map<String, Object> link(Link link) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (link.measured().isEmpty()) {
            map.put("latencySeconds", link.latency());
            map.put("bytesPerSecond", link.bytesPerSecond());
        } else {
            Map<String, Object> seconds = new LinkedHashMap<>();
            link.measured().forEach(one -> seconds.put(Long.toString(one.bytes()), one.seconds()));
            map.put("exchangeSeconds", seconds);
        }
        map.put("asksBeyondBytes", link.asks() < Double.POSITIVE_INFINITY ? link.asks() : null);
        return map;
    }

    private static Map<String, Object> level(Level level) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", level.name());
        map.put("bytes", level.bytes());
        map.put("cores", level.cores());
        return map;
    }

    private static Map<String, Object> rate(Rate rate) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("busy", rate.busy());
        map.put("bytes", rate.bytes());
        map.put("rows", rate.rows());
        map.put("depth", rate.depth());
        map.put("pointsPerSecond", rate.pointsPerSecond());
        return map;
    }

    public static Machine read(Path file) throws IOException {
        Node top = new Node(file + "", parsed(file));
        Link within = link(top.node("within"), Double.POSITIVE_INFINITY);
        boolean assumed = top.map.get("between") == null;
        List<Level> levels = new ArrayList<>();
        for (Node level : top.nodes("levels")) {
            levels.add(new Level(level.text("name"), (long) level.number("bytes", 1),
                    (int) level.number("cores", 1)));
        }
        List<Rate> rates = new ArrayList<>();
        for (Node rate : top.nodes("rates")) {
            rates.add(new Rate((int) rate.number("busy", 1), (long) rate.number("bytes", 1),
                    (long) rate.number("rows", 1), (int) rate.number("depth", 1),
                    rate.number("pointsPerSecond", Double.MIN_VALUE)));
        }
        if (rates.isEmpty()) {
            throw new InputException(file + ": found no 'rates'; one measured rate at least is expected");
        }
        return new Machine(top.text("title"), top.text("app"), (int) top.number("cores", 1), levels,
                new Rates(rates), within, assumed ? within : link(top.node("between"), Link.USUALLY_ASKS), assumed,
                (int) top.number("ranksPerNode", 1), top.number("sumSecondsPerPoint", 0),
                top.number("snapshotSecondsPerByte", 0));
    }

    private static Map<?, ?> parsed(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new InputException("--machine " + file + ": no such file; a prediction without --machine measures "
                    + "this machine and writes one");
        }
        try {
            if (Json.read(Files.readString(file)) instanceof Map<?, ?> map) {
                return map;
            }
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage());
        }
        throw new InputException(file + ": found no JSON object; the file that a prediction wrote is expected");
    }

    /** @param usual beyond how many bytes messages ask in files that do not know */
    private static Link link(Node node, double usual) {
        double asks = !node.map.containsKey("asksBeyondBytes") ? usual : node.map.get("asksBeyondBytes") == null
                ? Double.POSITIVE_INFINITY : node.number("asksBeyondBytes", 0);
        if (!node.map.containsKey("exchangeSeconds")) {
            return new Link(node.number("latencySeconds", 0), node.number("bytesPerSecond", Double.MIN_VALUE), asks,
                    List.of());
        }
        Node seconds = node.node("exchangeSeconds");
        List<Link.Exchanged> measured = new ArrayList<>();
        for (Object bytes : seconds.map.keySet()) {
            measured.add(new Link.Exchanged(seconds.bytes(bytes.toString()), seconds.number(bytes.toString(), 0)));
        }
        measured.sort(Comparator.comparingLong(Link.Exchanged::bytes));
        if (measured.size() < 2) {
            throw new InputException(seconds.where + ": found " + measured.size() + " sizes; two at least are expected");
        }
        return Link.of(measured, asks);
    }

    /** An object of the file, and where it stands, for complaints. */
    private record Node(String where, Map<?, ?> map) {

        double number(String name, double least) {
            if (map.get(name) instanceof Number number && number.doubleValue() >= least) {
                return number.doubleValue();
            }
            throw new InputException(where + ": found " + found(name) + " for '" + name + "'; a number "
                    + (least == 0 ? "from 0 on" : least == 1 ? "from 1 on" : "above 0") + " is expected");
        }

        /** A name that is a number of bytes. */
        long bytes(String name) {
            try {
                return Long.parseLong(name);
            } catch (NumberFormatException e) {
                throw new InputException(where + ": found '" + name + "'; a number of bytes is expected");
            }
        }

        String text(String name) {
            if (map.get(name) instanceof String text) {
                return text;
            }
            throw new InputException(where + ": found " + found(name) + " for '" + name + "'; a text is expected");
        }

        Node node(String name) {
            return of(map.get(name), name);
        }

        List<Node> nodes(String name) {
            List<Node> nodes = new ArrayList<>();
            if (map.get(name) instanceof List<?> list) {
                list.forEach(one -> nodes.add(of(one, name + "[" + nodes.size() + "]")));
                return nodes;
            }
            throw new InputException(where + ": found " + found(name) + " for '" + name + "'; a list is expected");
        }

        private Node of(Object value, String name) {
            if (value instanceof Map<?, ?> inner) {
                return new Node(where + ", " + name, inner);
            }
            throw new InputException(where + ": found " + Json.write(value) + " for '" + name
                    + "'; an object is expected");
        }

        private String found(String name) {
            return map.get(name) == null ? "nothing" : Json.write(map.get(name));
        }
    }
}
