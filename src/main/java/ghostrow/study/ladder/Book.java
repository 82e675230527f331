package ghostrow.study.ladder;

import ghostrow.data.InputException;
import ghostrow.data.OutputFolder;
import ghostrow.study.Csv;
import ghostrow.study.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The rows of a ladder in {@code ladder.csv}, one a run. A step's rows come together when it is finished. */
final class Book {
    static final String APP = "app";
    static final String ARGUMENTS = "arguments";
    static final String STEP = "step";
    static final String CASE = "case";
    static final String SHARE = "share";
    static final String VALUE = "value";
    /** In rows of the sweep: points of a piece. */
    static final String PIECE = "piece";
    /** In rows of the reference that were made for the sake of another step alone. */
    static final String FOR = "for";

    private final Path folder;
    private final Csv csv;

    private Book(Path folder, Csv csv) {
        this.folder = folder;
        this.csv = csv;
    }

    static Path file(Path folder) {
        return folder.resolve("ladder.csv");
    }

    /** @param anew whether what is there may go */
    static Book open(Path folder, Problem problem, boolean anew) throws IOException {
        if (Files.exists(folder)) {
            OutputFolder.prepare(folder);
        }
        Csv csv = anew ? Csv.anew(file(folder)) : Csv.open(file(folder));
        for (Row row : csv.rows()) {
            String found = row.text(APP) + " " + row.text(ARGUMENTS);
            if (!found.equals(problem.title())) {
                throw new InputException(folder + " holds the ladder of '" + found.strip() + "', not of '"
                        + problem.title() + "': choose another --out, or begin anew with --force");
            }
        }
        return new Book(folder, csv);
    }

    List<Row> rows() {
        return csv.rows();
    }

    /** All of a step's timed runs; for the reference those too that were made for others. */
    List<Row> of(Step step) {
        return some(row -> row.text(STEP).equals(step.name()) && !row.has(PIECE));
    }

    List<Row> pieces() {
        return some(row -> row.has(PIECE));
    }

    private List<Row> some(Predicate<Row> which) {
        return csv.rows().stream().filter(which).toList();
    }

    /** Whether nothing is left to be done for it. */
    boolean has(Step step, boolean whole) {
        return of(step).stream().anyMatch(row -> !row.has(FOR) && (!whole || isWhole(row)));
    }

    static boolean isWhole(Row row) {
        return row.number(SHARE) == 1;
    }

    /** What a step has found on a case. */
    Optional<String> value(Step step, String name) {
        return of(step).stream().filter(row -> row.text(CASE).equals(name)).map(row -> row.text(VALUE)).findFirst();
    }

    void add(List<Row> rows) throws IOException {
        // Not before: a run that is refused leaves nothing behind.
        OutputFolder.prepare(folder);
        csv.addAll(rows);
    }
}
