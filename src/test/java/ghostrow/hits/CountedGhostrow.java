package ghostrow.hits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Ghostrow's command line with counters, for tests: the first word says in what, the others are the command. */
public final class CountedGhostrow {
    private CountedGhostrow() {
    }

    public static void main(String[] args) throws ClassNotFoundException {
        List<String> words = new ArrayList<>(List.of(args));
        if (words.getFirst().startsWith("--transport")) {
            // What a run of ranks is given first belongs behind the app.
            Collections.rotate(words, -4);
        }
        Class<?> main = Class.forName("ghostrow.Ghostrow");
        Program program = Program.ghostrow(main);
        HitLoader loader = new HitLoader(program, Wanted.of("--lines", words.removeFirst(), program));
        int code = (int) loader.run(main.getName(), "run", words);
        print(loader.hits());
        if (code != 0) {
            System.exit(code);
        }
    }

    private static void print(Hits hits) {
        SourceText source = new SourceText(List.of());
        StringBuilder text = new StringBuilder();
        hits.threads().forEach(thread -> thread.methods().forEach(method -> method.lines().forEach((line, count) ->
                text.append("hits|").append(thread.group()).append('|').append(method.owner()).append('|')
                        .append(method.name()).append('|').append(line).append('|').append(count).append('|')
                        .append(source.line(method.owner(), method.sourceFile(), line).strip()).append('\n'))));
        System.out.print("\n" + text);
        System.out.flush();
    }
}
