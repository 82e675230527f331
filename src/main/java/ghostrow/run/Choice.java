package ghostrow.run;

import ghostrow.data.InputException;
import ghostrow.formula.Names;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A word of the command line that names one of several things. */
public final class Choice {
    private Choice() {
    }

    /**
     * The thing of that name.
     *
     * @param option which the word was given to
     */
    public static <T> T of(String option, String word, List<T> things, Function<T, String> name) {
        return things.stream().filter(thing -> name.apply(thing).equals(word)).findFirst()
                .orElseThrow(() -> new InputException(option + " " + word + ": "
                        + Names.nearest(word, things.stream().map(name).toList())
                                .map(near -> "did you mean " + near + "? ").orElse("")
                        + "there are " + things.stream().map(name).collect(Collectors.joining(", "))));
    }
}
