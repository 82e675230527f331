package ghostrow.hits;

import ghostrow.data.InputException;
import java.util.List;

/** Ghostrow's command line with counters, for tests: the first word says in what, the others are the command. */
public final class CountedGhostrow {
    private CountedGhostrow() {
    }

    public static void main(String[] args) throws ClassNotFoundException {
        Class<?> main = Class.forName("ghostrow.Ghostrow");
        Program program = Program.ghostrow(main);
        try {
            HitLoader loader = new HitLoader(program, Wanted.of("--lines", args[0], program));
            int code = (int) loader.run(main.getName(), "run", List.of(args).subList(1, args.length));
            print(loader.hits());
            if (code != 0) {
                System.exit(code);
            }
        } catch (InputException e) {
            System.err.println("ghostrow: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void print(Hits hits) {
        StringBuilder text = new StringBuilder();
        for (Hits.OfThread thread : hits.threads()) {
            text.append("thread ").append(thread.name()).append(" of ").append(thread.group()).append('\n');
            for (Hits.OfMethod method : thread.methods()) {
                text.append("  ").append(method.owner()).append('.').append(method.name()).append(' ')
                        .append(method.entries()).append(' ').append(method.lines()).append('\n');
            }
        }
        System.err.print(text);
    }
}
