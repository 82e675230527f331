package ghostrow.cc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C is compiled once, kept, and called; what goes wrong is said in one line. */
class CLibraryTest {
    private static final String TWICE = "double twice(double x) { return 2 * x; }\n";

    @TempDir
    private Path folder;

    @Test
    void functionsAreCalled() throws Throwable {
        assertEquals(6.5, twice(CLibrary.of("twice", TWICE, environment(Map.of()))));
    }

    @Test
    void whatWasCompiledOnceIsUsedAgain() throws Throwable {
        CLibrary.of("twice", TWICE, environment(Map.of()));
        List<Path> kept = kept();
        assertEquals(2, kept.size(), kept.toString());
        assertTrue(kept.stream().anyMatch(file -> file.toString().endsWith(".c")), kept.toString());
        // A compiler that would fail, of the same name and size at the same time, is not asked again.
        Map<String, String> fails = environment(Map.of("CC", compiler("exit 1").toString()));
        assertThrows(InputException.class, () -> CLibrary.of("twice", TWICE, fails));
        assertEquals(6.5, twice(CLibrary.of("twice", TWICE, environment(Map.of()))));
        assertEquals(kept, kept());
    }

    @Test
    void anotherSourceIsAnotherObject() throws Throwable {
        CLibrary.of("twice", TWICE, environment(Map.of()));
        assertEquals(9.75, twice(CLibrary.of("twice", TWICE.replace('2', '3'), environment(Map.of()))));
        assertEquals(4, kept().size());
    }

    @Test
    void manyAtATimeDoNotDisturbEachOther() throws Throwable {
        List<CompletableFuture<CLibrary>> all = IntStream.range(0, 8).mapToObj(_ -> CompletableFuture.supplyAsync(
                () -> CLibrary.of("twice", TWICE, environment(Map.of())))).toList();
        for (CompletableFuture<CLibrary> one : all) {
            assertEquals(6.5, twice(one.get()));
        }
        assertEquals(2, kept().size());
    }

    @Test
    void noCompilerIsSaidInOneLine() {
        refused("no C compiler: no-such-cc", Map.of("CC", "no-such-cc -O2"));
        refused("no C compiler: cc", Map.of("PATH", folder.toString()));
    }

    @Test
    void aCompilerThatFailsIsQuotedByItsFirstError() throws IOException {
        refused("error: unrecognized command-line option", Map.of("CC", "gcc --no-such-option"));
        refused("ended with code 7 and said nothing", Map.of("CC", compiler("exit 7").toString()));
        refused("a.c:1: error: first", Map.of("CC", compiler("echo In function x:; echo a.c:1: error: first; "
                + "echo a.c:2: error: second; exit 1").toString()));
        assertEquals(List.of(), kept());
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused("cannot write to " + file.resolve("ghostrow"), Map.of("XDG_CACHE_HOME", file.toString()));
        Path readOnly = Files.createDirectories(folder.resolve("read-only"));
        Needs.machine(Children.works("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", readOnly.toString()),
                "a read-only folder, since nothing can be mounted here");
        try {
            refused("Read-only file system); name another folder in XDG_CACHE_HOME",
                    Map.of("XDG_CACHE_HOME", readOnly.toString()));
        } finally {
            Children.output(Children.launch("umount", readOnly.toString()));
        }
    }

    @Test
    void compilersReportWhatBecameOfLoops() throws IOException {
        String source = TWICE + """
                void add(double *restrict a, const double *restrict b, long n) {
                    for (long i = 0; i < n; i++) {
                        a[i] += b[i];
                    }
                }
                """;
        CReport real = CLibrary.report("add", source, "add", environment(Map.of()));
        assertEquals(List.of(2, 3, 4, 5, 6), real.lines().stream().map(CReport.Line::number).toList());
        assertTrue(real.lines().get(1).remarks().stream().anyMatch(remark -> remark.contains("vectorized")),
                real.toString());
        assertFalse(real.compiler().isBlank());

        String clang = compiler("case $1 in --version) echo clang version 14.0.6; exit;; esac\n"
                + "case \"$*\" in *-Rpass=loop-vectorize*) ;; *) exit 1;; esac\n"
                + "echo 'add.c:3:5: remark: vectorized loop (vectorization width: 8) [-Rpass=loop-vectorize]'\n"
                + "echo '    for (long i = 0; i < n; i++) {'").toString();
        CReport fake = CLibrary.report("add", source, "add", environment(Map.of("CC", clang)));
        assertEquals("clang version 14.0.6", fake.compiler());
        assertEquals(List.of("vectorized loop (vectorization width: 8)"), fake.lines().get(1).remarks());
    }

    @Test
    void whatIsKeptAndDamagedIsNamed() throws IOException {
        CLibrary.of("twice", TWICE, environment(Map.of()));
        // In another folder: what this JVM has loaded it would find again whatever the file holds.
        Path other = Files.createDirectories(folder.resolve("other/ghostrow"));
        Path object = kept().stream().filter(file -> file.toString().endsWith(".so")).findFirst().orElseThrow();
        Path damaged = Files.writeString(other.resolve(object.getFileName()), "no object");
        refused(damaged + " cannot be loaded; remove it, and it is compiled anew",
                Map.of("XDG_CACHE_HOME", other.getParent().toString()));
    }

    private void refused(String why, Map<String, String> more) {
        String said = assertThrows(InputException.class, () -> CLibrary.of("twice", TWICE, environment(more)))
                .getMessage();
        assertTrue(said.contains(why), said);
        assertFalse(said.contains("\n"), said);
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", System.getenv("PATH"), "XDG_CACHE_HOME",
                folder.resolve("cache").toString()));
        environment.putAll(more);
        return environment;
    }

    /** A real program in the compiler's place. */
    private Path compiler(String script) throws IOException {
        Path file = Files.createTempFile(folder, "cc", ".sh");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/ghostrow"))) {
            return files.sorted().toList();
        }
    }

    private static double twice(CLibrary library) throws Throwable {
        return (double) library.function("twice", FunctionDescriptor.of(ValueLayout.JAVA_DOUBLE,
                ValueLayout.JAVA_DOUBLE)).invokeExact(3.25);
    }
}
