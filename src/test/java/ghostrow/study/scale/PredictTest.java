package ghostrow.study.scale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.grid.Exchange;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.run.Options;
import ghostrow.study.Csv;
import ghostrow.study.Level;
import ghostrow.study.Row;
import ghostrow.study.scale.predict.Link;
import ghostrow.study.scale.predict.Link.Exchanged;
import ghostrow.study.scale.predict.Machine;
import ghostrow.study.scale.predict.MachineFile;
import ghostrow.study.scale.predict.Problem;
import ghostrow.study.scale.predict.Rate;
import ghostrow.study.scale.predict.Rates;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** From words on the command line to tables, files and pages of a prediction. */
class PredictTest {
    private static final Path HOME = Path.of(".");

    @TempDir
    private Path folder;

    private static Machine machine() {
        return new Machine("hand-made", "jacobi", 2, List.of(new Level("L2", 1 << 20, 1)),
                new Rates(List.of(new Rate(1, 1 << 20, 16, 1, 2e9), new Rate(1, 1 << 20, 16, 16, 4e9))),
                new Link(1e-6, 1e10), new Link(2e-6, 1e9), false, 2, 1e-9, 1e-9);
    }

    private Path machineFile() throws Exception {
        Path file = folder.resolve("machine.json");
        MachineFile.write(machine(), file);
        return file;
    }

    /** As a user would, but in this JVM. What is refused is thrown. */
    private static void predict(String... words) {
        List<String> all = new ArrayList<>(List.of("predict"));
        all.addAll(List.of(words));
        AtomicReference<Exception> thrown = new AtomicReference<>();
        CommandLine line = Options.commandLine(new Scale(HOME));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            thrown.set(failure);
            return 2;
        });
        int code = line.execute(all.toArray(String[]::new));
        if (thrown.get() instanceof InputException refused) {
            throw refused;
        }
        assertEquals(0, code, () -> "ended by " + thrown.get());
    }

    private static String refusal(String... words) {
        return assertThrows(InputException.class, () -> PredictedApp.of(HOME, List.of(words))).getMessage();
    }

    @Test
    void measuredExchangesAreRead() {
        Messages near = Messages.parse(List.of("machines 1", "exchange 8 0.5", "sendrecv 8192 4", "exchange 64 1.0"));
        assertEquals(new Messages(1, List.of(new Exchanged(8, 0.5e-6), new Exchanged(64, 1e-6))), near);
        assertEquals(Double.POSITIVE_INFINITY, near.link().asks());
        assertEquals(1 << 20, Messages.parse(List.of("machines 2", "exchange 8 130", "exchange 64 140")).link().asks());
        assertThrows(InputException.class, () -> Messages.parse(List.of("machines 1", "exchange 8 0.5")));
    }

    @Test
    void moreBytesNeverTakeLess() {
        Link link = new Messages(2, List.of(new Exchanged(8, 3e-4), new Exchanged(64, 1e-4), new Exchanged(512, 2e-4)))
                .link();
        assertEquals(List.of(new Exchanged(8, 1e-4), new Exchanged(64, 1e-4), new Exchanged(512, 2e-4)), link.measured());
    }

    @Test
    void hostsAreMachinesWithRanks() {
        assertEquals(new Network(2, 1, 2, List.of("--host", "a,b"), List.of("--host", "a,b")), Network.of("a,b"));
        assertEquals(new Network(6, 4, 2, List.of("--host", "a,b"), List.of("--host", "a:2,b:4")), Network.of("a:2,b:4"));
        for (String wrong : List.of("a", "a,a", "a:0,b", "a:x,b", ":2,b", "a,,b")) {
            assertThrows(InputException.class, () -> Network.of(wrong), wrong);
        }
    }

    @Test
    void runsOnOneMachineAreNotCheckedAgainstTheNetwork() {
        Machine machine = machine().with(new Link(1, 1e3), false, 1);
        Check.Case here = new Check.Case(2, 1, new Problem(100, 100, 10, 10, 0, false), 2, Exchange.persistent);
        Check.Case there = new Check.Case(2, 2, new Problem(100, 100, 10, 10, 0, false), 2, Exchange.persistent);
        List<Double> seconds = Check.of(machine, Stream.of(here, there)
                .map(what -> new Check.Measured(what, false, 1, 1, 2, "hand-made")).toList(), false).points().stream()
                .map(Check.Point::seconds).toList();
        assertTrue(seconds.getFirst() < 1e-3 && seconds.getLast() > 5, seconds.toString());
    }

    @Test
    void networkTrialsAreOfTheAppsOwnGridAndLongEnoughToTell() {
        PredictedApp app = PredictedApp.of(HOME, List.of("strong", "diffusion"));
        List<Trials.Trial> trials = new Trials(null, app, 1, System.err).on(Network.of("a,b"),
                machine().with(new Link(1e-4, 1e9), false, 1));
        assertEquals(List.of(1, 8, 20, 60, 149), trials.stream().limit(5).map(trial -> trial.depth().getAsInt()).toList());
        assertTrue(trials.getLast().depth().isEmpty());
        for (Trials.Trial trial : trials) {
            assertEquals(299, trial.size());
            assertEquals(447, trial.period());
            assertEquals(0, trial.longer() % 447);
            assertTrue(trial.longer() >= 12L * trial.depth().orElse(149) && trial.shorter() < trial.longer() / 2, trial + "");
        }
        assertEquals(List.of(30), new Trials(null, PredictedApp.of(HOME, List.of("strong", "jacobi", "--ghosts", "30")), 1,
                System.err).on(Network.of("a,b"), machine()).stream().map(trial -> trial.depth().getAsInt()).toList());
    }

    @Test
    void dataSheetsUnitsAreRead() {
        assertEquals(1.5e-6, Units.seconds("--latency", "1.5us"));
        assertEquals(9e-7, Units.seconds("--latency", "900 ns"), 1e-20);
        assertEquals(12e9, Units.bytesPerSecond("--bandwidth", "12GB/s"));
        assertEquals(12.5e9, Units.bytesPerSecond("--bandwidth", "100Gbit/s"));
        for (String wrong : List.of("12", "GB/s", "-1GB/s", "0GB/s", "12gb/s", "1.2.3GB/s", "12us")) {
            String said = assertThrows(InputException.class, () -> Units.bytesPerSecond("--bandwidth", wrong))
                    .getMessage();
            assertTrue(said.startsWith("--bandwidth: found '" + wrong + "'") && said.contains("12GB/s"), said);
        }
        assertEquals("299 ns", Units.time(2.99e-7));
        assertEquals("1.50 us", Units.time(1.5e-6));
        assertEquals("91.0 s", Units.time(91));
    }

    @Test
    void sizesThatAskAreRead() {
        assertEquals(65536, Units.bytes("--rendezvous", "64KiB"));
        assertEquals(Double.POSITIVE_INFINITY, Units.bytes("--rendezvous", "never"));
        assertThrows(InputException.class, () -> Units.bytes("--rendezvous", "64"));
    }

    @Test
    void theProblemIsWhatTheAppWouldDo() {
        assertEquals(new Problem(500, 500, 30, 30, 0, false),
                PredictedApp.of(HOME, List.of("strong", "jacobi", "--size", "500", "--steps=30")).problem(64));
        PredictedApp weak = PredictedApp.of(HOME, List.of("weak", "jacobi", "--size", "500", "--steps", "30"));
        assertEquals(500, weak.problem(1).rows());
        assertEquals(5000, weak.problem(100).rows());
        Problem published = PredictedApp.of(HOME, List.of("strong", "diffusion")).problem(4);
        assertEquals(299, published.rows());
        assertTrue(published.rollCalls());
        assertEquals(0, published.snapshots());
        Problem every = PredictedApp.of(HOME, List.of("strong", "diffusion", "--snapshots", "every")).problem(4);
        assertEquals(1 + every.steps() / every.period(), every.snapshots());
        PredictedApp grown = PredictedApp.of(HOME, List.of("weak", "diffusion"));
        assertEquals(299 * 20, grown.problem(400).rows());
        assertEquals(published.steps(), grown.problem(400).steps());
        assertEquals(8, PredictedApp.of(HOME, List.of("strong", "jacobi", "--ghosts", "8")).depth().getAsInt());
    }

    @Test
    void whatTheModelDoesNotKnowIsRefused() {
        assertTrue(refusal("strong").contains("strong or weak, and an app"));
        assertTrue(refusal("fast", "jacobi").contains("found 'fast'"));
        assertTrue(refusal("strong", "mandelbrot", "10", "10").contains("no prediction of mandelbrot"));
        assertTrue(refusal("strong", "jacobi", "--threads", "2").contains("found '--threads'"));
        assertTrue(refusal("strong", "jacobi", "--tolerance", "1e-3").contains("found '--tolerance'"));
        assertTrue(refusal("strong", "jacobi", "--size", "big").contains("found 'big'"));
        assertTrue(refusal("strong", "jacobi", "--ghosts", "1025").contains("1 and 1024"));
        assertTrue(refusal("strong", "jacobi", "--exchange", "fax").contains("persistent, sendrecv, overlap, deep"));
        assertTrue(refusal("strong", "jacobi", "--steps", "0").contains("from 1 on"));
    }

    @Test
    void optionsThatCannotBeAreRefusedBeforeAnythingIsWritten() throws Exception {
        Path out = folder.resolve("out");
        String file = machineFile().toString();
        for (List<String> wrong : List.of(List.of("--latency", "1us"), List.of("--ranks", "0"),
                List.of("--ranks-per-node", "0"), List.of("--rendezvous", "1MiB"), List.of("--host", "a"),
                List.of("--host", "a,b", "--launcher", "mpirun"), List.of("--from", folder.resolve("none").toString()),
                List.of("--seconds", "0"))) {
            List<String> words = new ArrayList<>(List.of("strong", "jacobi", "--machine", file, "--out",
                    out.toString()));
            words.addAll(wrong);
            assertThrows(InputException.class, () -> predict(words.toArray(String[]::new)), wrong.toString());
        }
        assertFalse(Files.exists(out));
    }

    @Test
    void aMachineFileReadsBackAndItsMistakesAreNamed() throws Exception {
        Path file = machineFile();
        assertEquals(machine(), MachineFile.read(file));
        Machine measured = machine().with(Link.of(List.of(new Exchanged(8, 1e-4), new Exchanged(1024, 2e-4)), 1 << 20),
                false, 1);
        MachineFile.write(measured, file);
        assertEquals(measured, MachineFile.read(file));
        MachineFile.write(machine(), file);
        // As files of earlier versions are.
        Files.writeString(file, Files.readString(file).replace(",\"asksBeyondBytes\":null", ""));
        assertEquals(Double.POSITIVE_INFINITY, MachineFile.read(file).within().asks());
        assertEquals(1 << 20, MachineFile.read(file).between().asks());
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"pointsPerSecond\":4.0E9", "\"pointsPerSecond\":\"fast\""));
        String said = assertThrows(InputException.class, () -> MachineFile.read(file)).getMessage();
        assertTrue(said.contains("rates[1]: found \"fast\" for 'pointsPerSecond'"), said);
        Files.writeString(file, text.replace("\"ranksPerNode\": 2", "\"ranksPerNode\": 0"));
        assertThrows(InputException.class, () -> MachineFile.read(file));
        Files.writeString(file, "{");
        assertTrue(assertThrows(InputException.class, () -> MachineFile.read(file)).getMessage()
                .startsWith(file.toString()));
        assertThrows(InputException.class, () -> MachineFile.read(folder.resolve("none.json")));
    }

    @Test
    void theSameMachineFileGivesTheSameFiles() throws Exception {
        Path study = study();
        for (String out : List.of("one", "two")) {
            predict("strong", "jacobi", "--size", "2000", "--steps", "400", "--machine", machineFile().toString(),
                    "--from", study.toString(), "--out", folder.resolve(out).toString());
        }
        for (String name : List.of("prediction.csv", "prediction.txt", "prediction.html", "check.csv",
                "predicted-speed-up.svg", "predicted-speed-up.png")) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("one").resolve(name)),
                    Files.readAllBytes(folder.resolve("two").resolve(name)), name);
        }
        String text = Files.readString(folder.resolve("one/prediction.txt"));
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        assertTrue(text.contains("    4096  too many ranks for 2000 rows\n"), text);
        assertTrue(text.contains("at 2 points that the model was not fitted to"), text);
        assertTrue(text.contains("1 point has more ranks than the machine had cores"), text);
        assertTrue(text.contains("on another processor than the model: AMD EPYC"), text);
        Document page = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(
                new StringReader(Files.readString(folder.resolve("one/prediction.html")))));
        assertEquals(4, page.getElementsByTagName("svg").getLength());
        assertEquals(0, page.getElementsByTagName("script").getLength() + page.getElementsByTagName("img").getLength());
    }

    @Test
    void tablesOfTheExtremesFitATerminal() throws Exception {
        predict("weak", "diffusion", "--machine", machineFile().toString(), "--latency", "1.5us", "--bandwidth",
                "12GB/s", "--ranks-per-node", "64", "--ranks", "1,2,100000,1000000", "--steps-only", "--out",
                folder.resolve("out").toString());
        String text = Files.readString(folder.resolve("out/prediction.txt"));
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        assertTrue(text.contains(" 1000000  too many ranks for 299000 rows\n"), text);
        assertTrue(text.replaceAll("\\s+", " ").contains("between nodes 1.50 us and 12.0 GB/s"), text);
        assertTrue(text.contains("Not checked"), text);
        assertFalse(Files.exists(folder.resolve("out/machine.json")));
    }

    @Test
    void aDifferenceOfRunsIsThatOfTheFurtherSteps() {
        Row shorter = row(100, 0.75);
        Row longer = row(400, 1.5);
        Check.Measured further = Check.difference(shorter, longer);
        assertEquals(new Problem(50, 50, 300, 300, 0, false), further.what().problem());
        assertEquals(0.75, further.seconds());
        assertEquals(4, further.what().depth());
    }

    private static Row row(long steps, double seconds) {
        return new Row(java.util.Map.of("app", "jacobi", "ranks", "2", "threads", "1", "n", "50", "steps", "" + steps,
                "exchange", "persistent", "ghosts", "4", "seconds", "" + seconds, "host.cores", "2"));
    }

    private Path study() throws Exception {
        Path study = Files.createDirectories(folder.resolve("study"));
        Files.copy(Path.of("src/test/resources/ghostrow/study/scale/strong.csv"), Study.csv(study));
        return study;
    }

    @Test
    void runsToCheckAgainstAreOfTheGridAndTheDepthThatWereAsked() throws Exception {
        Needs.build();
        for (String app : List.of("jacobi", "diffusion")) {
            Probe probe = new Probe(HOME, folder, Launcher.here(System.getenv()), System.err);
            // What comes of it, whatever the times are: on a busy machine a longer run may seem shorter.
            Check.Case what = new Trials(probe, PredictedApp.of(HOME, List.of("strong", app)), 0.02, System.err)
                    .measured(Trials.Trial.of(200, 1, 5, 0.02)).what();
            assertEquals(new Problem(200, 200, 1400, app.equals("jacobi") ? 1400 : 100, 0, app.equals("diffusion")),
                    what.problem());
            assertEquals(5, what.depth());
            assertFalse(Files.exists(folder.resolve("files")));
        }
    }

    @Test
    void thisMachineIsMeasuredAndPredicted() throws Exception {
        Needs.build();
        Path out = folder.resolve("out");
        String text = Children.output(Children.launch("./ghostrow", "scale", "predict", "weak", "jacobi", "--size",
                "100", "--steps", "20", "--seconds", "0.1", "--ranks", "4,100000", "--from", study().toString(),
                "--out", out.toString()));
        assertTrue(text.contains("messages between two ranks") && text.contains("too many ranks for 31623 rows"), text);
        assertEquals(3, Csv.open(out.resolve("check.csv")).rows().size(), text);
        assertTrue(MachineFile.read(out.resolve("machine.json")).rates().measured().size() > 50);
        assertEquals("1", Csv.open(out.resolve("prediction.csv")).rows().getFirst().text("ranks"));
    }
}
