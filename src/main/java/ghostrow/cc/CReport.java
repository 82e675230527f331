package ghostrow.cc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function in C, line by line, with what the compiler has to say of its loops.
 *
 * @param compiler its own name for itself
 * @param options  how it was called
 */
public record CReport(String compiler, String options, List<Line> lines) {

    /** {@code file:line:column: remark}, behind which clang says which option has asked for it. */
    private static final Pattern REMARK = Pattern.compile(".*?:(\\d+):\\d+: (?:remark: )?(.*?)(?: \\[-R[\\w=-]+])?");

    /**
     * A line of the source.
     *
     * @param remarks in the compiler's words: what was vectorised, how wide, and why not
     */
    public record Line(int number, String text, List<String> remarks) {
    }

    static CReport of(CCompiler compiler, String source, String function, Path file, Path object)
            throws IOException, InterruptedException {
        String version = compiler.version();
        List<String> said = compiler.loopReport(file, object, version.contains("clang"));
        List<Line> lines = new ArrayList<>();
        int number = 0;
        boolean inside = false;
        for (String text : source.lines().toList()) {
            number++;
            inside |= text.matches("\\w.*\\b" + Pattern.quote(function) + "\\(.*");
            if (inside) {
                lines.add(new Line(number, text, remarks(said, number)));
                inside = !text.equals("}");
            }
        }
        return new CReport(version, String.join(" ", compiler.options()), List.copyOf(lines));
    }

    private static List<String> remarks(List<String> said, int number) {
        return said.stream().map(REMARK::matcher).filter(Matcher::matches)
                .filter(remark -> Integer.parseInt(remark.group(1)) == number).map(remark -> remark.group(2))
                .distinct().toList();
    }
}
