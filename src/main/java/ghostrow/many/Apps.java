package ghostrow.many;

import java.util.List;
import java.util.concurrent.Callable;

/** Makes apps by their names. */
@FunctionalInterface
public interface Apps {
    /**
     * A new one; there is nothing that it has read yet. Refuses a name that no app has.
     *
     * @param words those behind {@code ghostrow}, the name first
     */
    Callable<Integer> named(String name, List<String> words);
}
