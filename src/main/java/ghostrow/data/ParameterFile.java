package ghostrow.data;

import ghostrow.formula.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a run by name, from a file of {@code name = value;} statements and from options that
 * override it. Each value remembers where it came from, so that a complaint can point there.
 *
 * <pre>
 * # a comment reaches to the end of its line
 * D = 1.0;
 * x1 = -10.0;  x2 = 10.0      several statements a line need the semicolons between them
 * graphics = False            the last semicolon of a line may be left out
 * </pre>
 */
public final class ParameterFile {
    private static final long LARGEST_FILE = 1 << 20;
    private static final Pattern STATEMENT =
            Pattern.compile("\\s*([\\p{L}_][\\p{L}\\p{N}_]*)\\s*=\\s*([^=\\s]+)\\s*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /**
     * One statement: its name, the text of its value, and where it stands, such as {@code a.params:3} or
     * {@code --set}.
     */
    public record Statement(String name, String value, String where) {
    }

    private final String source;
    private final Map<String, Statement> statements;

    private ParameterFile(String source, Map<String, Statement> statements) {
        this.source = source;
        this.statements = statements;
    }

    public static ParameterFile read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new InputException(file + ": is a folder; expected a parameter file of 'name = value;' "
                        + "lines");
            }
            long size = Files.size(file);
            if (size > LARGEST_FILE) {
                throw new InputException(file + ": has " + size + " bytes; expected a parameter file of a few"
                        + " 'name = value;' lines");
            }
            // Undecodable bytes turn into replacement characters: harmless in comments, refused in names and
            // values.
            return parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such parameter file; give the path of an existing one", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The same from text that came from somewhere else; {@code source} names it in messages. */
    public static ParameterFile parse(String source, String text) {
        Map<String, Statement> statements = new LinkedHashMap<>();
        String[] lines = text.startsWith("\uFEFF") ? lines(text.substring(1)) : lines(text);
        for (int i = 0; i < lines.length; i++) {
            String where = source + ":" + (i + 1);
            int comment = lines[i].indexOf('#');
            String code = comment < 0 ? lines[i] : lines[i].substring(0, comment);
            for (String piece : code.split(";")) {
                if (!piece.isBlank()) {
                    Statement statement = statement(where, piece);
                    Statement before = statements.putIfAbsent(statement.name(), statement);
                    if (before != null) {
                        throw new InputException(where + ": '" + statement.name()
                                + "' is set again, first at "
                                + before.where() + "; keep one of the two");
                    }
                }
            }
        }
        return new ParameterFile(source, statements);
    }

    private static String[] lines(String text) {
        return text.split("\r\n|\r|\n", -1);
    }

    private static Statement statement(String where, String text) {
        Matcher matcher = STATEMENT.matcher(text);
        if (!matcher.matches()) {
            throw new InputException(where + ": found " + InputException.quote(text.strip())
                    + "; expected name = value");
        }
        return new Statement(matcher.group(1), matcher.group(2), where);
    }

    /**
     * These parameters with {@code --set name=value} options over them; of two for one name the later one
     * holds.
     */
    public ParameterFile with(List<String> overrides) {
        Map<String, Statement> all = new LinkedHashMap<>(statements);
        for (String override : overrides) {
            Statement statement = statement("--set", override);
            all.put(statement.name(), statement);
        }
        return new ParameterFile(source, all);
    }

    /** Refuses any name that is not known, and then the absence of one that is. */
    public void requireExactly(List<String> known) {
        for (Statement statement : statements.values()) {
            if (!known.contains(statement.name())) {
                String hint = Names.nearest(statement.name(), known)
                        .map(name -> "did you mean '" + name + "'?")
                        .orElse("known are " + String.join(", ", known));
                throw new InputException(statement.where() + ": unknown parameter "
                        + InputException.quote(statement.name()) + "; " + hint);
            }
        }
        for (String name : known) {
            if (!statements.containsKey(name)) {
                throw new InputException(source + ": parameter '" + name + "' is missing; add a line '" + name
                        + " = value;' or --set " + name + "=value");
            }
        }
    }

    public double number(String name) {
        Statement statement = statement(name);
        if (!NUMBER.matcher(statement.value()).matches()) {
            throw complain(name, "expected a finite number such as 0.25 or 1e-3");
        }
        double value = Double.parseDouble(statement.value());
        if (!Double.isFinite(value)) {
            throw complain(name, "expected a number that a double can hold, at most 1.8e308");
        }
        return value;
    }

    public boolean flag(String name) {
        return switch (statement(name).value()) {
            case "True", "true" -> true;
            case "False", "false" -> false;
            default -> throw complain(name, "expected True or False");
        };
    }

    /** The complaint about one value: where it stands, what it is, and what was expected instead. */
    public InputException complain(String name, String expected) {
        Statement statement = statement(name);
        return new InputException(statement.where() + ": " + name + " = "
                + InputException.quote(statement.value()) + "; " + expected);
    }

    private Statement statement(String name) {
        Statement statement = statements.get(name);
        if (statement == null) {
            throw new IllegalArgumentException("no parameter " + name + " here: call requireExactly first");
        }
        return statement;
    }
}
