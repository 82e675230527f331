package ghostrow.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Programs are compiled once and kept; what is wrong with one is said with its place. */
class CompiledTest {
    @TempDir
    private static Path folder;

    @Test
    void oneOfManyCompilesAndTheOthersWait() throws Exception {
        Path file = write("Many.java", "void rank(Comm comm) { }");
        List<CompletableFuture<Compiled>> all = IntStream.range(0, 6).mapToObj(_ -> CompletableFuture.supplyAsync(
                () -> compiled(file))).toList();
        Compiled first = all.getFirst().get();
        FileTime written = Files.getLastModifiedTime(first.folder().resolve("Many.class"));
        for (CompletableFuture<Compiled> each : all) {
            assertEquals(first, each.get());
        }
        assertEquals(first, compiled(file));
        assertEquals(written, Files.getLastModifiedTime(first.folder().resolve("Many.class")));
        try (Stream<Path> kept = Files.list(first.folder().getParent())) {
            assertEquals(List.of(first.folder()), kept.filter(each -> each.getFileName().toString().startsWith("Many"))
                    .toList());
        }
    }

    @Test
    void anotherTextAndAnotherClassPathAreAnotherProgram() throws Exception {
        Path file = write("Other.java", "void rank(Comm comm) { }");
        Compiled first = compiled(file);
        Path library = Files.createDirectories(folder.resolve("library"));
        Compiled beside = Compiled.of(Sources.of(file), List.of(library), environment());
        assertNotEquals(first.folder(), beside.folder());
        Files.writeString(library.resolve("new"), "");
        assertNotEquals(beside.folder(), Compiled.of(Sources.of(file), List.of(library), environment()).folder());
        assertNotEquals(first.folder(), compiled(write("Other.java", "void rank(Comm comm) { int n; }")).folder());
    }

    @Test
    void aFolderIsCompiledWhole() throws Exception {
        write("whole/Main.java", "void rank(Comm comm) { IO.println(new a.Part().number() + new Beside().x); }");
        write("whole/Beside.java", "class Beside { int x = Strip.of(4, 2, 0).count() == 2 ? 1 : 0; }");
        write("whole/a/Part.java", "package a;\npublic class Part { public int number() { return 1; } }");
        Compiled whole = compiled(folder.resolve("whole"));
        assertEquals("Main", whole.main());
        assertTrue(Files.exists(whole.folder().resolve("a/Part.class")));
    }

    @Test
    void classesOfEveryKindAreTaken() throws Exception {
        assertEquals("p.q.Packed", compiled(write("Packed.java", """
                /* package no; */ // nor this
                package p.q;
                import ghostrow.comm.Comm;
                class Packed { Packed(int i) { } static void rank(Comm comm, String[] words) { } }
                """)).main());
        assertEquals("Vectors", compiled(write("Vectors.java", "import jdk.incubator.vector.*;\n"
                + "void rank(Comm comm) { IO.println(DoubleVector.SPECIES_PREFERRED.length()); }")).main());
        // What the program calls its own is not the library's, and it may have a main for itself.
        assertEquals("Own", compiled(write("Own.java", """
                import ghostrow.comm.Comm;
                record Strip(int x) { }
                void main() { rank(null); }
                void rank(Comm comm) { IO.println(new Strip(1).x()); }
                // the end""")).main());
    }

    /** @param told how what is told begins */
    private record Wrong(String file, String text, String told) {
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongIsToldWithItsPlace() {
        return Stream.of(
                new Wrong("Name.java", "void rank(Comm comm) { comm.siz(); }", """
                        Name.java:1: error: cannot find symbol
                        void rank(Comm comm) { comm.siz(); }
                                                   ^
                          symbol:   method siz()
                          location: variable comm of type Comm"""),
                new Wrong("Type.java", "void rank(Comm comm) {\n\tint x = \"a\";\n}\n", """
                        Type.java:2: error: incompatible types: String cannot be converted to int
                        \tint x = "a";
                        \t        ^"""),
                new Wrong("End.java", "void rank(Comm comm) {\n", "End.java:1: error: reached end of file while parsing"),
                new Wrong("Rang.java", "void rang(Comm comm) { }", "Rang.java: has no rank, so there is nothing to run; "
                        + "write\n    void rank(Comm comm, String... words) { ... }"),
                new Wrong("Odd.java", "int rank(int comm) { return 1; }", "Odd.java: has int rank(int); expected\n"
                        + "    void rank(Comm comm, String... words)"),
                new Wrong("Named.java", "class Other { }", "Named.java: has no class Named, and no rank; write\n"),
                new Wrong("Nothing.java", "", "Nothing.java: has no class Nothing, and no rank; write\n"),
                new Wrong("Made.java", "class Made { Made(int i) { } void rank(ghostrow.comm.Comm comm) { } }",
                        "Made.java: rank is not static, and no Made can be made that has it;"))
                .map(wrong -> DynamicTest.dynamicTest(wrong.file, () -> {
                    Path file = write(wrong.file, wrong.text);
                    String told = assertThrows(SourceErrors.class, () -> compiled(file)).getMessage();
                    assertTrue(told.startsWith(wrong.told), told);
                    assertEquals(told, assertThrows(SourceErrors.class, () -> compiled(file)).getMessage());
                }));
    }

    @Test
    void whatIsNoProgramIsRefused() throws Exception {
        refused("no such file or folder", folder.resolve("Absent.java"));
        refused("is no Java source", write("notes.txt", ""));
        refused("has no Main.java", Files.createDirectories(folder.resolve("empty")));
    }

    private static void refused(String why, Path given) {
        String told = assertThrows(InputException.class, () -> Sources.of(given)).getMessage();
        assertTrue(told.contains(why), told);
    }

    @Test
    void whereTheHomeCannotBeWrittenThereIsAFolderOfTheUsersAlone() throws Exception {
        Path wall = Files.writeString(folder.resolve("wall"), "");
        Path machine = folder.resolve("machine");
        Shelf shelf = new Shelf(wall.resolve("run"), machine);
        assertEquals(machine, shelf.writable());
        assertEquals(machine, shelf.writable());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(machine)));
        assertTrue(shelf.readable().contains(machine));
        Files.setPosixFilePermissions(machine, PosixFilePermissions.fromString("rwxrwx---"));
        assertEquals(List.of(wall.resolve("run")), shelf.readable());
        String told = assertThrows(InputException.class, shelf::writable).getMessage();
        assertTrue(told.contains("name another folder in XDG_CACHE_HOME"), told);
    }

    private static Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Compiled compiled(Path given) {
        return Compiled.of(Sources.of(given), List.of(), environment());
    }

    private static Map<String, String> environment() {
        return Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }
}
