package ghostrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room may touch which: read from the sources, whatever names another room, be it an import or not. */
class ArrowsTest {
    private static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("src/openmpi/java"),
            Path.of("src/mpj/java"));
    private static final Pattern PACKAGE = Pattern.compile("^package ([a-z.]+);", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("\\bghostrow((?:\\.[a-z]\\w*)*)\\.[A-Z]\\w*");

    /** A room, and the rooms that it may touch; the package-info of ghostrow draws the same. */
    private static final Map<String, Set<String>> MAY_TOUCH = Map.ofEntries(
            room("", "run app app.array app.diffusion app.mandelbrot app.curve app.small comm data formula hits study "
                    + "study.bench study.ladder study.scale many own"),
            room("app", "run comm data data.picture profile gpu"),
            room("app.diffusion", "run grid kernel explain formula gpu cc data data.picture comm profile snapshot"),
            room("app.mandelbrot", "run grid kernel explain formula cc data data.picture comm gpu"),
            room("app.array", "run grid kernel data comm"),
            room("app.curve", "run grid formula gpu data comm"),
            room("app.small", "run kernel data data.chart comm"),
            room("run", "comm data formula trace profile"),
            room("many", "run comm comm.self data formula"),
            room("own", "run comm data formula hits"),
            room("snapshot", "run grid comm data data.picture"),
            room("trace", "comm data hits"),
            room("profile", "comm data trace hits profile.page"),
            room("grid", "comm kernel"),
            room("kernel", ""),
            room("gpu", "comm data grid kernel formula"),
            room("explain", "cc"),
            room("hits", "data formula"),
            room("formula", ""),
            room("cc", "data"),
            room("data", "formula"),
            room("data.picture", "data"),
            room("data.chart", ""),
            room("comm", ""),
            room("comm.ffm", "comm"),
            room("comm.self", "comm"),
            room("comm.check", "comm"),
            room("comm.openmpi", "comm"),
            room("comm.mpj", "comm"),
            room("study", "comm data"),
            room("study.page", "data.chart"),
            room("profile.page", "data"),
            room("study.bench", "comm data data.chart study"),
            room("study.ladder", "comm data data.chart formula study study.page"),
            room("study.scale", "comm data data.chart grid kernel study study.page study.scale.predict"),
            room("study.scale.predict", "data grid kernel study"));

    private static Map.Entry<String, Set<String>> room(String name, String mayTouch) {
        return Map.entry(name, Arrays.stream(mayTouch.split(" ")).filter(other -> !other.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void arrowsRunOneWay() throws IOException {
        Set<String> wrong = new TreeSet<>();
        arrows().forEach((room, touched) -> touched.forEach((other, where) -> {
            if (!MAY_TOUCH.containsKey(room)) {
                wrong.add("room '" + room + "' is new: say here what it may touch");
            } else if (!MAY_TOUCH.get(room).contains(other)) {
                wrong.add("'" + room + "' touches '" + other + "' in " + where);
            }
        }));
        assertEquals(Set.of(), wrong);
    }

    @Test
    void noArrowIsDrawnThatNobodyFollows() throws IOException {
        Map<String, Map<String, Path>> arrows = arrows();
        Set<String> idle = new TreeSet<>();
        MAY_TOUCH.forEach((room, allowed) -> allowed.stream()
                .filter(other -> !room.startsWith("app.") && !arrows.getOrDefault(room, Map.of()).containsKey(other))
                .forEach(other -> idle.add("'" + room + "' does not touch '" + other + "' any more")));
        assertEquals(Set.of(), idle);
    }

    @Test
    void theDrawingHasNoCircles() {
        for (String room : MAY_TOUCH.keySet()) {
            assertTrue(!reach(room, new TreeSet<>()).contains(room), "from '" + room + "' back to itself");
        }
    }

    private static Set<String> reach(String room, Set<String> seen) {
        for (String other : MAY_TOUCH.get(room)) {
            if (seen.add(other)) {
                reach(other, seen);
            }
        }
        return seen;
    }

    @Test
    void everyRoomSaysWhatLivesInIt() throws IOException {
        for (Path source : SOURCES) {
            try (Stream<Path> files = Files.walk(source)) {
                for (Path folder : files.filter(ArrowsTest::holdsClasses).toList()) {
                    assertTrue(Files.exists(folder.resolve("package-info.java")), folder + " has no package-info");
                }
            }
        }
    }

    private static boolean holdsClasses(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new AssertionError(folder.toString(), e);
        }
    }

    /** Room to touched room to one file in which that happens. */
    private static Map<String, Map<String, Path>> arrows() throws IOException {
        Map<String, Map<String, Path>> arrows = new TreeMap<>();
        for (Path source : SOURCES) {
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    read(file, arrows);
                }
            }
        }
        assertTrue(arrows.size() > 10, arrows.keySet().toString());
        return arrows;
    }

    private static void read(Path file, Map<String, Map<String, Path>> arrows) throws IOException {
        String text = Files.readString(file);
        Matcher own = PACKAGE.matcher(text);
        assertTrue(own.find(), file + " has no package");
        String room = own.group(1).replaceFirst("^ghostrow\\.?", "");
        if (file.endsWith("package-info.java")) {
            return;
        }
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            String other = named.group(1).replaceFirst("^\\.", "");
            if (!other.equals(room)) {
                arrows.computeIfAbsent(room, r -> new TreeMap<>()).putIfAbsent(other, file);
            }
        }
    }
}
