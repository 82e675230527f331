package ghostrow.many;

import ghostrow.data.InputException;
import ghostrow.data.Json;
import ghostrow.data.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder in which a job of many runs keeps what it knows, so that a later start goes on where this one ends.
 *
 * <pre>
 *   DIR/journal/about.json      which work this is
 *              /start.json      how many are at it, and what each piece is expected to take
 *              /rank-0003.log   what that rank has begun and ended; .alive: that it is there
 *              /claims, /stop   while a start is at work: who has taken what, and that it is to stop
 *   DIR/...                     what the pieces themselves leave
 * </pre>
 */
final class Depot {
    private static final String JOURNAL = "journal";

    private final Path folder;
    private final About about;

    /**
     * Which work it is.
     *
     * @param kind     the app that does it
     * @param command  how a person asked for it, for messages
     * @param identity differs where the work does
     */
    record About(String kind, String command, int items, String identity) {

        /** @param lines say all that makes this work this work */
        static About of(String kind, String command, int items, Stream<String> lines) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
                return new About(kind, command, items, HexFormat.of().formatHex(digest.digest()));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Depot(Path folder, About about) {
        this.folder = folder;
        this.about = about;
    }

    /** One that is there already. */
    static Depot at(Path folder, String kind) throws IOException {
        Path file = aboutFile(folder);
        if (!Files.exists(file)) {
            throw new InputException(folder + ": no " + kind + " has left its journal there (" + folder.relativize(file)
                    + " is missing)");
        }
        Depot depot = new Depot(folder, read(file));
        if (!depot.about.kind.equals(kind)) {
            throw new InputException(folder + ": holds the " + depot.about.kind + " of '" + depot.about.command + "'");
        }
        return depot;
    }

    private static About read(Path file) throws IOException {
        Map<?, ?> map = (Map<?, ?>) Json.read(Files.readString(file));
        return new About((String) map.get("kind"), (String) map.get("command"), ((Number) map.get("items")).intValue(),
                (String) map.get("identity"));
    }

    About about() {
        return about;
    }

    Path folder() {
        return folder;
    }

    Path journal() {
        return folder.resolve(JOURNAL);
    }

    private static Path aboutFile(Path folder) {
        return folder.resolve(JOURNAL).resolve("about.json");
    }

    /** Refuses a folder that holds other work. */
    void check() throws IOException {
        Path file = aboutFile(folder);
        if (!Files.exists(file)) {
            return;
        }
        About there = read(file);
        if (!there.identity.equals(about.identity)) {
            throw new InputException(folder + ": holds other work, '" + there.command + "' with " + there.items
                    + " pieces; choose another folder with --out, or --force to throw that away");
        }
    }

    /** Makes it ready for this work. */
    void prepare() throws IOException {
        Files.createDirectories(journal());
        Path file = aboutFile(folder);
        if (!Files.exists(file)) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("kind", about.kind);
            map.put("command", about.command);
            map.put("items", about.items);
            map.put("identity", about.identity);
            WholeFile.write(file, Json.write(map) + "\n");
        }
    }

    /**
     * Throws away what earlier starts have left.
     *
     * @param pieces the folder in which the pieces leave what is theirs
     */
    void clear(String pieces) throws IOException {
        delete(journal());
        delete(folder.resolve(pieces));
    }

    /** Takes a folder away of which nothing came. */
    void removeEmpty(String pieces) throws IOException {
        try {
            Files.deleteIfExists(folder.resolve(pieces));
        } catch (DirectoryNotEmptyException e) {
            // It holds what the pieces have left.
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    Account account() throws IOException {
        return new Account(journal(), about.items).refresh();
    }

    /** Where those who share no counter take their pieces. */
    Path claims() {
        return journal().resolve("claims");
    }

    /** Is there when the job is to stop. */
    Path stopWord() {
        return journal().resolve("stop");
    }

    /** What an earlier start has claimed, or been told, counts for nothing. */
    void beginStart() throws IOException {
        endStart();
        Files.createDirectory(claims());
    }

    void endStart() throws IOException {
        delete(claims());
        Files.deleteIfExists(stopWord());
    }

    /**
     * What a start is about to do.
     *
     * @param costs of each piece, 0 where there is nothing to do
     */
    record Start(int number, int workers, double[] costs) {
        double cost() {
            return Arrays.stream(costs).sum();
        }
    }

    void write(Start start) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("start", start.number);
        map.put("workers", start.workers);
        map.put("costs", start.costs);
        WholeFile.write(startFile(), Json.write(map) + "\n");
    }

    /** The last one. */
    Start start() throws IOException {
        Map<?, ?> map = (Map<?, ?>) Json.read(Files.readString(startFile()));
        return new Start(((Number) map.get("start")).intValue(), ((Number) map.get("workers")).intValue(),
                ((List<?>) map.get("costs")).stream().mapToDouble(cost -> ((Number) cost).doubleValue()).toArray());
    }

    boolean hasStarted() {
        return Files.exists(startFile());
    }

    private Path startFile() {
        return journal().resolve("start.json");
    }
}
