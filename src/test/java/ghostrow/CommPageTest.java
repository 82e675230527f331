package ghostrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Cartesian;
import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.Mpirun;
import ghostrow.run.Program;
import ghostrow.run.Program.Outcome;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.study.Launch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/comm.md say the same, the page shows them as they are, and each name in its tables is one. */
class CommPageTest {
    private static final Path PAGE = Path.of("docs/comm.md");
    private static final Path PROGRAMS = Path.of("src/examples/comm");
    private static final int RANKS = 3;
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path OPEN_MPI = Path.of(".setup/openmpi").toAbsolutePath();
    private static final Path MPJ = Path.of(".setup/mpj/lib").toAbsolutePath();
    private static final List<String> COLUMNS = List.of("C", "mpi4py", "Open MPI's Java", "MPJ Express", "here");

    private static final Pattern INDENTED_SUM = Pattern.compile("(?m)^ {4}(sum .*)$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> WORDS_OF_JAVA = Set.of("byte", "int", "long", "double");

    @TempDir
    private static Path folder;

    // --- the programs ----------------------------------------------------------------------------------------------

    @Test
    void thePageShowsThemAsTheyAre() throws IOException {
        String page = Files.readString(PAGE);
        try (Stream<Path> programs = Files.list(PROGRAMS)) {
            List<Path> files = programs.toList();
            assertEquals(COLUMNS.size(), files.size());
            for (Path file : files) {
                assertTrue(page.contains("\n" + Files.readString(file) + "```\n"), file + " is not there as it is");
            }
        }
    }

    @Test
    void cSaysIt() throws Exception {
        Mpirun mpirun = openMpi();
        Path program = folder.resolve("smooth");
        output(Children.launch(compiler(mpirun), PROGRAMS.resolve("smooth.c").toString(), "-o",
                program.toString()));
        assertSaid(output(launch(mpirun, RANKS, List.of(program.toString()))));
    }

    @Test
    void mpi4pySaysIt() throws Exception {
        Mpirun mpirun = openMpi();
        needMpi4py();
        assertSaid(output(launch(mpirun, RANKS, List.of(PYTHON, PROGRAMS.resolve("smooth.py").toString()))));
    }

    @Test
    void openMpisJavaSaysIt() throws Exception {
        Setting.OPENMPI.require();
        needJar(OPEN_MPI.resolve("mpi.jar"));
        compile("SmoothOpenMpi.java", OPEN_MPI.resolve("mpi.jar").toString());
        assertSaid(output(launch(openMpi(), RANKS, List.of(java(), "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + OPEN_MPI, "-cp", OPEN_MPI.resolve("mpi.jar") + ":" + folder,
                "SmoothOpenMpi"))));
    }

    @Test
    void mpjExpressSaysIt() throws Exception {
        needJar(MPJ.resolve("mpi.jar"));
        compile("SmoothMpj.java", jars(MPJ).stream().map(Path::toString).collect(Collectors.joining(":")));
        Launch launch = Children.launch(Children.java(List.of(), MpjRanks.class, MPJ.toString(), folder.toString(),
                "SmoothMpj", Integer.toString(RANKS))).errorsApart();
        launch.environment().put("MPJ_HOME", MPJ.getParent().toString());
        assertSaid(output(launch));
    }

    @TestFactory
    Stream<DynamicTest> oursSaysIt() {
        return Setting.all().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            setting.require();
            Needs.build();
            int ranks = setting.equals(Setting.SELF) ? 1 : RANKS;
            List<String> words = new ArrayList<>(List.of("run", "--transport", setting.transport()));
            if (setting.isEmbedded()) {
                words.addAll(List.of("--ranks", "" + ranks));
            }
            words.add(PROGRAMS.resolve("Smooth.java").toString());
            String[] line = words.toArray(String[]::new);
            try (Program program = setting.isEmbedded() ? Program.start(line)
                    : Program.startUnder(Mpirun.find(setting.library().orElseThrow()).orElseThrow(), ranks, line)) {
                Outcome outcome = program.end();
                assertEquals(said() + "\n", outcome.out(), outcome.toString());
            }
        }));
    }

    /** What the page says that all of them print. */
    private static String said() throws IOException {
        return INDENTED_SUM.matcher(Files.readString(PAGE)).results().findFirst().orElseThrow().group(1);
    }

    private static void assertSaid(String output) throws IOException {
        assertEquals(said(), output.strip());
    }

    private static String output(Launch launch) throws Exception {
        return Children.output(launch);
    }

    private static Launch launch(Mpirun mpirun, int ranks, List<String> program) {
        Launch launch = Children.launch(mpirun.command(ranks, program)).errorsApart();
        mpirun.prepare(launch.environment());
        return launch;
    }

    private static Mpirun openMpi() {
        Setting.NATIVE_OPEN_MPI.require();
        return Mpirun.find(Mpirun.Library.OPEN_MPI).orElseThrow();
    }

    /** That of the same library, which may not be what the plain name means. */
    private static String compiler(Mpirun mpirun) {
        return Stream.of("mpicc.openmpi", "mpicc").map(mpirun.program()::resolveSibling).filter(Files::isExecutable)
                .map(Path::toString).findFirst().orElseGet(() -> {
                    Needs.software(false, "no mpicc beside " + mpirun.program());
                    return "";
                });
    }

    private static void needMpi4py() {
        Needs.software(Children.works(PYTHON, "-c", "import mpi4py, numpy"), PYTHON + " has no mpi4py with NumPy");
    }

    private static void needJar(Path jar) {
        Needs.software(Files.exists(jar), "no " + jar + ": run 'make setup'");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void compile(String file, String classPath) {
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", classPath, "-d",
                folder.toString(), PROGRAMS.resolve(file).toString()));
    }

    // --- the tables ------------------------------------------------------------------------------------------------

    @Test
    void namesOfC() throws Exception {
        Path header = Files.writeString(folder.resolve("names.c"), "#include <mpi.h>\n");
        assertKnown(0, namesIn(output(Children.launch(compiler(openMpi()), "-E", "-dD", header.toString()))));
    }

    @Test
    void namesOfMpi4py() throws Exception {
        needMpi4py();
        assertKnown(1, namesIn(output(Children.launch(PYTHON, "-c", """
                import mpi4py
                mpi4py.rc.initialize = False
                from mpi4py import MPI
                print(*dir(MPI), *(name for kind in vars(MPI).values() if isinstance(kind, type) for name in dir(kind)))
                """).errorsApart())));
    }

    @Test
    void namesOfOpenMpisJava() throws Exception {
        assertKnown(2, namesOf(OPEN_MPI));
    }

    @Test
    void namesOfMpjExpress() throws Exception {
        assertKnown(3, namesOf(MPJ));
    }

    @Test
    void ourNames() throws IOException {
        List<Class<?>> types = new ArrayList<>(List.of(Comm.class, Cartesian.class, CommException.class,
                MemorySegment.class, System.class));
        types.addAll(List.of(Comm.class.getClasses()));
        types.addAll(List.of(Cartesian.class.getClasses()));
        types.addAll(List.of(CommException.class.getClasses()));
        Set<String> known = new TreeSet<>(WORDS_OF_JAVA);
        types.forEach(type -> known.addAll(namesOf(type)));
        assertKnown(4, known);
    }

    private static void assertKnown(int column, Set<String> known) throws IOException {
        Set<String> unknown = new TreeSet<>();
        int count = 0;
        for (List<String> row : rows()) {
            List<String> names = CODE.matcher(row.get(column)).results().map(code -> code.group(1)).toList();
            count += names.size();
            names.forEach(name -> unknown.addAll(namesIn(name)));
        }
        unknown.removeAll(known);
        assertEquals(Set.of(), unknown, COLUMNS.get(column) + " has no such names");
        assertTrue(count > 30, count + " names of " + COLUMNS.get(column));
    }

    /** The rows of all tables with a column for each of the five. */
    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            List<String> cells = Stream.of(line.split("\\|")).skip(1).map(String::strip).toList();
            inside = line.startsWith("|") && (inside || cells.equals(COLUMNS));
            if (inside) {
                assertEquals(COLUMNS.size(), cells.size(), line);
                rows.add(cells);
            }
        }
        return rows;
    }

    private static Set<String> namesIn(String text) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(text).results().forEach(name -> names.add(name.group()));
        return names;
    }

    private static Set<String> namesOf(Class<?> type) {
        Set<String> names = new TreeSet<>(Set.of(type.getSimpleName()));
        Stream.of(type.getMethods()).map(Method::getName).forEach(names::add);
        Stream.of(type.getFields()).map(Field::getName).forEach(names::add);
        return names;
    }

    /** The public names of the bindings whose jars are in a folder. */
    private static Set<String> namesOf(Path folder) throws Exception {
        needJar(folder.resolve("mpi.jar"));
        Set<String> names = new TreeSet<>();
        List<Path> jars = jars(folder);
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new))) {
            for (Path jar : jars) {
                for (String type : typesIn(jar)) {
                    names.addAll(namesOf(Class.forName(type, false, loader)));
                }
            }
        }
        return names;
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static List<String> typesIn(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).filter(name -> name.matches("mpi/\\w+\\.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.')).toList();
        }
    }
}
