package ghostrow.formula;

import java.util.random.RandomGenerator;

/**
 * Formulas of a wanted kind that mean the same to NumPy. Every operation has an array on one side at
 * least, since Python computes with numbers alone by rules of its own, and nothing here makes the
 * int8 and float16 that NumPy makes of bools.
 */
final class RandomFormulas {
    private final RandomGenerator random;

    RandomFormulas(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        int depth = random.nextInt(1, 6);
        return switch (random.nextInt(6)) {
            case 0 -> bool(depth);
            case 1 -> integer(depth);
            default -> real(depth);
        };
    }

    String real(int depth) {
        if (depth == 0) {
            return pick("a", "b", "c");
        }
        int less = depth - 1;
        return switch (random.nextInt(13)) {
            case 0, 1 -> sides(real(less), "+", real(less), number());
            case 2, 3 -> sides(real(less), "-", real(less), number());
            case 4, 5 -> sides(real(less), "*", real(less), number());
            case 6 -> sides(real(less), "/", real(less), number());
            case 7 -> sides(integer(less), "/", integer(less), whole());
            case 8 -> sides(real(less), pick("+", "-", "*"), integer(less), whole());
            case 9 -> "where(" + bool(less) + ", " + real(less) + ", "
                + (random.nextBoolean() ? number() : pick(real(less), integer(less))) + ")";
            case 10 -> pick("sqrt", "abs") + "(" + real(less) + ")";
            case 11 -> "(" + real(less) + ")**" + pick("2", "2.0", "0.5", "-1", "1", "0");
            default -> random.nextBoolean() ? "-(" + real(less) + ")" : sides(real(less), "%", real(less), number());
        };
    }

    String integer(int depth) {
        if (depth == 0) {
            return pick("i", "j");
        }
        int less = depth - 1;
        return switch (random.nextInt(9)) {
            case 0, 1 -> sides(integer(less), pick("+", "-", "*"), integer(less), whole());
            case 2 -> sides(integer(less), pick("&", "|"), integer(less), whole());
            case 3 -> sides(integer(less), pick("<<", ">>"), integer(less), whole());
            case 4 -> sides(integer(less), "%", integer(less), whole());
            case 5 -> pick("~", "-") + "(" + integer(less) + ")";
            case 6 -> "where(" + bool(less) + ", " + integer(less) + ", " + pick(whole(), integer(less)) + ")";
            case 7 -> "(" + integer(less) + ")**" + pick("2", "3", "5", "0", "((" + integer(less) + ") & 7)");
            default -> pick("abs(" + integer(less) + ")", "(" + bool(less) + ") + (" + integer(less) + ")");
        };
    }

    String bool(int depth) {
        if (depth == 0) {
            return pick("s", "t");
        }
        int less = depth - 1;
        String comparison = pick("<", "<=", "==", "!=", ">=", ">");
        return switch (random.nextInt(8)) {
            case 0, 1 -> sides(real(less), comparison, real(less), number());
            case 2 -> sides(integer(less), comparison, integer(less), whole());
            case 3 -> sides(integer(less), comparison, real(less), whole());
            case 4 -> sides(bool(less), pick("&", "|", "+", "*", "==", "!="), bool(less), "t");
            case 5 -> "~(" + bool(less) + ")";
            case 6 -> "where(" + bool(less) + ", " + bool(less) + ", " + bool(less) + ")";
            default -> pick("s", "t");
        };
    }

    /** Two sides; one of them is a number at times. */
    private String sides(String left, String sign, String right, String number) {
        return switch (random.nextInt(5)) {
            case 0 -> "(" + left + ") " + sign + " " + number;
            case 1 -> number + " " + sign + " (" + right + ")";
            default -> "(" + left + ") " + sign + " (" + right + ")";
        };
    }

    private String number() {
        return pick("2", "0.1", "3.5", "1e-3", "0", "0.0", "pi", "e", "1e300", "7", "-2.5");
    }

    private String whole() {
        return pick("1", "2", "3", "0", "7", "64", "1000003", "-5", "-1");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
