package ghostrow.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/** Arrays for results that are soon given back, the last first: how an allocator serves a program of whole arrays. */
final class FreeArrays {

    private final Deque<double[]> free = new ArrayDeque<>();

    /** At least so long; it holds anything. */
    double[] take(int length) {
        double[] array = free.poll();
        return array != null && array.length >= length ? array : new double[length];
    }

    /** Nobody needs it any more: what a language that counts references finds out by itself. */
    void give(double[] array) {
        free.push(array);
    }
}
