package ghostrow.comm.check;

import ghostrow.comm.Comm;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Programs as users write them: faulty ones, and the same as they should be. */
final class Programs {
    private static final Path SOURCES = Path.of("src/test/resources/check");
    private static final Pattern RANKS = Pattern.compile("// (\\d+) ranks: .*");
    private static final String MARK = "// here";
    private static final String FIXED = "Fixed";

    private final Map<String, Program> programs = new TreeMap<>();
    private final Path classes;

    /**
     * @param kind  the folder that it lies in
     * @param lines those that are marked
     */
    record Program(String kind, String name, int ranks, SortedSet<Integer> lines) {
        boolean isFixed() {
            return name.endsWith(FIXED);
        }

        String twin() {
            return name.substring(0, name.length() - FIXED.length());
        }

        @Override
        public String toString() {
            return kind + "/" + name;
        }
    }

    /** @param classes where they are compiled to */
    Programs(Path classes) throws IOException {
        this.classes = classes;
        List<SimpleJavaFileObject> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
                String text = Files.readString(file);
                add(file, text);
                sources.add(new Source(file, text));
            }
        }
        compile(sources);
    }

    private void add(Path file, String text) {
        List<String> lines = text.lines().toList();
        Matcher first = RANKS.matcher(lines.getFirst());
        if (!first.matches()) {
            throw new AssertionError(file + " does not say how many ranks it is for");
        }
        SortedSet<Integer> marked = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(MARK)) {
                marked.add(i + 1);
            }
        }
        String name = file.getFileName().toString().replace(".java", "");
        Program program = new Program(file.getParent().getFileName().toString(), name, Integer.parseInt(first.group(1)),
                marked);
        if (programs.put(name, program) != null) {
            throw new AssertionError("two programs are called " + name);
        }
    }

    private void compile(List<SimpleJavaFileObject> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", classes.toString(), "-g", "-cp", System.getProperty("java.class.path"));
            if (!compiler.getTask(null, files, null, options, null, sources).call()) {
                throw new AssertionError("a program cannot be compiled");
            }
        }
    }

    /** Imports and a main are put where no line moves, as for programs that users run. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Path file, String text) {
            super(URI.create("string:///" + file.getFileName()), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return "import ghostrow.comm.*; " + text + "\nvoid main() { }\n";
        }
    }

    Stream<Program> all() {
        return programs.values().stream();
    }

    boolean holds(String name) {
        return programs.containsKey(name);
    }

    CheckRun.Outcome run(Program program, long seed) {
        CheckRun run = new CheckRun(program.ranks(), seed, (rank, code) -> {
            throw new AssertionError("rank " + rank.number() + " aborts with code " + code);
        });
        return run.run(comm -> call(comm, program), RankThreads.of(program.ranks()));
    }

    private void call(Comm comm, Program program) throws Exception {
        Class<?> type = comm.loader(urls(), Programs.class.getClassLoader()).loadClass(program.name());
        Constructor<?> made = type.getDeclaredConstructor();
        made.setAccessible(true);
        Method rank = type.getDeclaredMethod("rank", Comm.class, String[].class);
        rank.setAccessible(true);
        try {
            rank.invoke(made.newInstance(), comm, new String[0]);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    private URL[] urls() throws MalformedURLException {
        return new URL[] {classes.toUri().toURL()};
    }
}
