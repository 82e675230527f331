package ghostrow.hits.samples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Code of many shapes. A number behind a line says how often {@link #run} reaches it, counted by hand. What a brace
 * closes, such as a resource, is done on its line.
 */
class Sample {
    private static final int[] SMALL = {3, 1, 2}; // 1
    private static int made;

    static {
        for (int i = 0; i < 4; i++) { // 5
            made += i; // 4
        }
    }

    private final List<String> heard = new ArrayList<>(); // 3
    private int field = made; // 3

    Sample() {
        this(7); // 1
        heard.add("made"); // 1
    }

    Sample(int start) {
        field += start; // 3
        while (field < 10) { // 3
            field++; // 0
        }
    }

    /** Loops whose code lies before and behind what calls the superclass. */
    static class Deeper extends Sample {
        Deeper(int... numbers) {
            int sum = 0; // 2
            for (int number : numbers) { // 5
                sum += number / numbers[0]; // 4
            }
            super(sum); // 1
            for (int i = 0; i < 2; i++) { // 3
                heard().add("deeper"); // 2
            }
        }
    }

    List<String> heard() {
        return heard; // 4
    }

    static String run(List<String> words) {
        StringBuilder said = new StringBuilder(); // 1
        Sample sample = new Sample(); // 1
        said.append(loops(10)).append(' ') // 1
                .append(onOneLine(5)).append(' ') // 1
                .append(nested(3, 4)); // 1
        for (int i = 0; i < 6; i++) { // 7
            said.append(' ').append(switched(i)) // 6
                    .append(arrow("abcd".substring(0, i % 4))); // 6
        }
        for (int i = -2; i < 3; i++) { // 6
            said.append(' ').append(caught(i)); // 5
            said.append(sample.guarded(i)); // 5
        }
        said.append(' ').append(lambdas(4)); // 1
        said.append(' ').append(fibonacci(10)); // 1
        said.append(' ').append(wide(3, 1.5, 100L)); // 1
        said.append(' ').append(resources(2)); // 1
        new Deeper(1, 2, 3); // 1
        try {
            new Deeper(0, 1); // 1
        } catch (ArithmeticException e) {
            said.append(" by zero"); // 1
        }
        said.append(' ').append(sample.heard()); // 1
        said.append(' ').append(new Sample(20) // 1
                .heard()); // 1
        try {
            leaving(5); // 1
            said.append("never"); // 0
        } catch (IllegalStateException e) { // 1
            said.append(' ').append(e.getMessage()); // 1
        }
        said.append(' ').append(new Inner("x").twice()).append(Kind.of(1)).append(Kind.of(2)); // 1
        said.append(halves(7)).append(leftInTheMiddle(new int[3])).append(labelled()).append(doing(3)); // 1
        said.append(Late.touched() + Late.touched()); // 1
        return said.append(' ').append(words).toString(); // 1
    }

    private static int loops(int n) {
        int sum = 0; // 1
        for (int i = 0; i < n; i++) { // 10
            if (i % 2 == 0) { // 10
                continue; // 5
            }
            if (i > 7) { // 5
                break; // 1
            }
            sum += i; // 4
        }
        for (int x : SMALL) { // 4
            sum += x; // 3
        }
        for (String word : List.of("a", "bc")) { // 3
            sum += word.length(); // 2
        }
        int i = 0; // 1
        while (i < n) { // 11
            i++; // 10
        }
        for (;;) {
            if (i-- == 0) { // 11
                break; // 1
            }
        }
        return sum; // 1
    }

    private static int onOneLine(int n) {
        int sum = 0; // 1
        for (int i = 0; i < n; i++) sum += i; // 6
        while (sum > 3) sum--; // 8
        return n > 3 ? sum : -sum; // 1
    }

    private static int nested(int rows, int columns) {
        int sum = 0; // 1
        for (int r = 0; r < rows; r++) { // 4
            for (int c = 0; c < columns; c++) { // 15
                sum += r == c // 12
                        ? r // 3
                        : c; // 9
            }
        }
        return sum; // 1
    }

    @SuppressWarnings("fallthrough")
    private static String switched(int i) {
        String said; // no code
        switch (i) { // 6
            case 0: // no code
            case 1:
                said = "low"; // 2
                break; // 2
            case 3:
                said = "three"; // 1
                // falls through
            case 4:
                said = "four"; // 2
                break; // 2
            default:
                said = "other"; // 2
        }
        return said; // 6
    }

    private static int arrow(String word) {
        return switch (word) { // 6
            case "a" -> 1; // 2
            case "ab", "abc" -> { // no code
                int length = word.length(); // 2
                yield length * 2; // 2
            }
            default -> 0; // 2
        };
    }

    private static String caught(int i) {
        String said = ""; // 5
        try {
            said += 6 / i; // 5
            said += SMALL[i]; // 4
            said += "!"; // 2
        } catch (ArithmeticException | NullPointerException e) { // 1
            said += "zero"; // 1
        } catch (ArrayIndexOutOfBoundsException e) { // 2
            said += "out"; // 2
        } finally {
            said += "."; // 5
        }
        return said; // 5
    }

    private synchronized String guarded(int i) {
        try {
            synchronized (heard) { // 5
                if (i == 2) { // 5
                    return "two"; // 1
                }
                thrower(i); // 4
                field++; // 2
            }
        } catch (IOException e) { // 1
            return "io"; // 1
        } catch (RuntimeException e) { // 1
            field--; // 1
        } finally {
            field += 2; // 5
        }
        return "end"; // 3
    }

    private static void thrower(int i) throws IOException {
        if (i == 0) { // 4
            throw new IOException(); // 1
        }
        if (i == 1) { // 3
            throw new IllegalStateException(); // 1
        }
    }

    private static int leaving(int n) {
        int sum = 0; // 6
        for (int i = 0; i < 3; i++) { // 6
            sum += leaving2(n) // 6
                    + 1; // no code of its own
            sum++; // 0
        }
        return sum; // 0
    }

    private static int leaving2(int n) {
        if (n == 0) { // 6
            throw new IllegalStateException("left"); // 1
        }
        return leaving(n - 1) + 1; // 5
    }

    private static int lambdas(int n) {
        IntUnaryOperator twice = x -> 2 * x; // 4
        IntUnaryOperator odd = x -> { // 1
            if (x % 2 == 0) { // 4
                return x + 1; // 2
            }
            return x; // 2
        };
        int sum = 0; // 1
        for (int i = 0; i < n; i++) { // 5
            sum += twice.applyAsInt(i) + odd.applyAsInt(i); // 4
        }
        return sum; // 1
    }

    private static int fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); // 177
    }

    private static double wide(int n, double factor, long start) {
        long a = start; // 1
        double b = factor; // 1
        float c = 2; // 1
        do {
            a += n; // 4
            b *= factor; // 4
            c /= 2; // 4
        } while (a < 110); // 4
        return a + b + c; // 1
    }

    private static String resources(int n) {
        String said = ""; // 1
        for (int i = 0; i < n; i++) { // 3
            try (Inner inner = new Inner("r" + i)) { // 2
                said += inner.twice(); // 2
                SMALL[5 - 4 * i] += i; // 2
                said += "in"; // 1
            } catch (ArrayIndexOutOfBoundsException e) { // 2
                said += "out"; // 1
            }
        }
        return said; // 1
    }

    private static int halves(int n) {
        int turns = 0; // 1
        for (int i = n; i > 0; ) { // 4
            i /= 2; // 3
            turns++; // 3
        }
        return turns; // 1
    }

    private static String leftInTheMiddle(int[] numbers) {
        int i = 0; // 1
        try {
            while (true) {
                numbers[i]++; // 4
                i++; // 3
                numbers[i - 1]++; // 3
            }
        } catch (ArrayIndexOutOfBoundsException e) { // 1
            return "left " + i; // 1
        }
    }

    private static int labelled() {
        int n = 0; // 1
        outer: for (int i = 0; i < 3; i++) { // 4
            for (int j = 0; j < 3; j++) { // 6
                n++; // 6
                if (j == i) { // 6
                    continue outer; // 3
                }
            }
        }
        return n; // 1
    }

    private static int doing(int n) {
        do n--; while (n > 0); // 3
        return n; // 1
    }

    static class Early {
        static final int SEEN = Late.touched(); // 1
    }

    /** Is called before it has been set up, which happens to nobody else: what it does then is not counted. */
    static class Late extends Early {
        static int touched() {
            return 3; // 2
        }
    }

    record Inner(String name) implements AutoCloseable {
        Inner {
            if (name.isEmpty()) { // 3
                throw new IllegalArgumentException(); // 0
            }
        }

        String twice() {
            return name + name; // 3
        }

        @Override
        public void close() {
            made++; // 2
        }
    }

    enum Kind {
        ONE, // 1
        TWO; // 1

        static Kind of(int i) {
            return i == 1 ? ONE : TWO; // 2
        }
    }
}
