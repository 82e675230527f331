package ghostrow.explain;

import java.io.Console;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What explanations are written on: 80 columns, and on a terminal shades, the deeper the dearer a line is. */
public final class Page {
    static final int WIDTH = 80;

    /** Of 256 colours: from none through pale yellow to orange. */
    private static final int[] SHADES = {0, 230, 229, 222, 214};
    private static final String BLACK_ON = "\u001B[38;5;16;48;5;";
    private static final String RESET = "\u001B[0m";

    private final PrintStream out;
    private final boolean shades;

    Page(PrintStream out, boolean shades) {
        this.out = out;
        this.shades = shades;
    }

    /** Shades are for those who look at them, and want them (https://no-color.org). */
    public static Page standardOutput() {
        Console console = System.console();
        return new Page(System.out, console != null && console.isTerminal() && wanted(System.getenv()));
    }

    /** Without shades. */
    public static Page plain(PrintStream out) {
        return new Page(out, false);
    }

    static boolean wanted(Map<String, String> environment) {
        String terminal = environment.getOrDefault("TERM", "");
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !terminal.isEmpty() && !terminal.equals("dumb");
    }

    void heading(String text) {
        out.println();
        text(text);
        out.println();
    }

    void blank() {
        out.println();
    }

    /** Lines that are broken where they do not fit, and go on a little to the right. */
    void text(String text) {
        text("", text);
    }

    /** The same behind something that stands in front of the first line. */
    void text(String front, String text) {
        text.lines().forEach(line -> {
            List<String> pieces = pieces(line, WIDTH - front.length(), indent(line));
            out.println(front + pieces.getFirst());
            pieces.stream().skip(1).forEach(piece -> out.println(" ".repeat(front.length()) + piece));
        });
    }

    /** Behind a cost, shaded. */
    void costed(Cost cost, String front, String text) {
        String margin = cost.mark() + " " + front;
        List<String> pieces = pieces(text, WIDTH - margin.length(), indent(text) + 8);
        for (int i = 0; i < pieces.size(); i++) {
            String line = (i == 0 ? margin : cost.mark() + " ".repeat(margin.length() - 1)) + pieces.get(i);
            out.println(shades && cost != Cost.NOTHING ? BLACK_ON + SHADES[cost.ordinal()] + "m" + line
                    + " ".repeat(Math.max(0, WIDTH - line.length())) + RESET : line.stripTrailing());
        }
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** Broken at the last space that fits, or between two calls in a row, or anywhere. */
    private static List<String> pieces(String text, int width, int indent) {
        List<String> pieces = new ArrayList<>();
        String margin = " ".repeat(Math.min(indent, width / 2));
        String rest = text;
        while (rest.length() > width) {
            int cut = width;
            while (cut > indent(rest) && rest.charAt(cut) != ' ' && !rest.startsWith(").", cut - 1)) {
                cut--;
            }
            cut = cut > indent(rest) ? cut : width;
            pieces.add(rest.substring(0, cut).stripTrailing());
            rest = margin + rest.substring(cut).stripLeading();
        }
        pieces.add(rest);
        return pieces;
    }
}
