package ghostrow.app.curve;

import ghostrow.data.ArrayPath;
import ghostrow.data.ArrayReader;
import ghostrow.data.InputException;
import ghostrow.formula.Compiled;
import ghostrow.formula.Formula;
import ghostrow.formula.Kind;
import ghostrow.formula.Operand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the names of a formula over files stand for: arrays in them, and numbers. */
final class Operands {
    private final Map<String, ArrayPath> paths = new LinkedHashMap<>();
    private final Map<String, Number> numbers = new LinkedHashMap<>();

    /** The arrays' files, open to be read. */
    record Open(Map<String, ArrayReader> arrays) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            for (ArrayReader array : arrays.values()) {
                array.close();
            }
        }
    }

    /** @param arrays {@code NAME=FILE:/PATH} each */
    Operands(List<String> arrays, List<String> numbers) {
        for (String array : arrays) {
            String[] words = split(array, "NAME=FILE:/PATH, such as a=data.h5:/a");
            if (paths.put(words[0], ArrayPath.of(words[1])) != null) {
                throw new InputException(array + ": '" + words[0] + "' is given twice");
            }
        }
        for (String number : numbers) {
            String[] words = split(number, "--set NAME=VALUE, such as --set s=0.5");
            if (paths.containsKey(words[0])) {
                throw new InputException("--set " + number + ": '" + words[0] + "' is an array already");
            }
            this.numbers.put(words[0], number(number, words[1]));
        }
    }

    private static String[] split(String assignment, String expected) {
        String[] words = assignment.split("=", 2);
        if (words.length != 2 || !words[0].strip().matches("[A-Za-z_]\\w*")) {
            throw new InputException("'" + assignment + "': expected " + expected);
        }
        return new String[] {words[0].strip(), words[1].strip()};
    }

    private static Number number(String assignment, String word) {
        try {
            return word.matches("[+-]?\\d+") ? (Number) Long.valueOf(word) : (Number) Double.valueOf(word);
        } catch (NumberFormatException e) {
            throw new InputException("--set " + assignment + ": expected a number", e);
        }
    }

    Open open() throws IOException {
        Open open = new Open(new LinkedHashMap<>());
        try {
            paths.forEach((name, path) -> {
                ArrayReader array = ArrayReader.open(path);
                open.arrays.put(name, array);
                if (array.dimensions().length > 2) {
                    throw new InputException(path + ": has " + array.dimensions().length
                            + " dimensions; expected 1 or 2");
                }
            });
            return open;
        } catch (InputException e) {
            open.close();
            throw e;
        }
    }

    /** What the formula is depends on the arrays' shapes. */
    Compiled compile(String text) throws IOException {
        Formula formula = Formula.of(text);
        try (Open open = open()) {
            open.arrays.forEach((name, array) -> {
                Kind kind = array.numbers().isFloating() ? Kind.DOUBLE : Kind.LONG;
                formula.operand(name, array.dimensions().length == 1 ? new Operand.Vector(kind, array.rows())
                        : new Operand.Grid(kind, array.rows(), array.columns()));
            });
            numbers.forEach(formula::parameter);
            return formula.compile();
        }
    }

    /** Whether one of the arrays lies in this file. */
    boolean liesIn(Path file) throws IOException {
        for (ArrayPath path : paths.values()) {
            if (Files.isSameFile(path.file(), file)) {
                return true;
            }
        }
        return false;
    }
}
