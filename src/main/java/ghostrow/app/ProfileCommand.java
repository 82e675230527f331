package ghostrow.app;

import ghostrow.data.InputException;
import ghostrow.profile.Comparison;
import ghostrow.profile.Report;
import ghostrow.run.App;
import ghostrow.run.Options;
import ghostrow.run.ProfileOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows profiles that runs have left, and compares them. */
public final class ProfileCommand implements App {
    private static final String COMPARE = "compare";

    private String first;
    private List<String> more = List.of();
    private final ProfileOptions.Shown shown = new ProfileOptions.Shown();

    @Override
    public void declare(Options options) {
        options.about("Shows where a run with --profile spent its time, from what its ranks have left.");
        options.footer("ghostrow profile DIR           tables, and the files and the page of the profile anew",
                "ghostrow profile compare A B   what got slower or faster from A to B", "",
                "With several runs a side, A,A2,A3 B,B2,B3, noise is told apart from change.");
        options.takes("DIR", String.class, value -> first = value,
                "The folder of a profile, or of the results that it lies in.");
        options.takesMore("B", values -> more = values, "With compare: two of them, or two lists with commas.");
        shown.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        shown.check();
        if (first.equals(COMPARE)) {
            if (more.size() != 2) {
                throw new InputException("profile compare takes two profiles, such as: profile compare out/before out/after");
            }
            Comparison.print(folders(more.getFirst()), folders(more.getLast()), shown.top());
            return 0;
        }
        if (!more.isEmpty()) {
            throw new InputException("profile takes one folder, or compare and two; " + more.getFirst() + " is one too many");
        }
        Report.make(Path.of(first), shown.order(), shown.top(), Optional.empty());
        return 0;
    }

    private static List<Path> folders(String words) {
        return Stream.of(words.split(",")).map(Path::of).toList();
    }
}
