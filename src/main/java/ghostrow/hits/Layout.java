package ghostrow.hits;

import java.util.List;
import java.util.SortedMap;

/**
 * What the numbers of a class mean.
 *
 * @param owner      the class's full name
 * @param sourceFile as its class file says, or empty
 * @param size       how many numbers there are
 */
record Layout(String owner, String sourceFile, int size, List<Method> methods) {

    record Method(String name, String descriptor, Count entries, SortedMap<Integer, Count> lines) {
    }

    /** Some numbers added up, less others. */
    record Count(List<Integer> plus, List<Integer> minus) {
        long of(long[] numbers) {
            return sum(plus, numbers) - sum(minus, numbers);
        }

        private static long sum(List<Integer> places, long[] numbers) {
            return places.stream().mapToLong(place -> numbers[place + Counters.MARGIN]).sum();
        }
    }
}
