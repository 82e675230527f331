package ghostrow.many;

import ghostrow.comm.CommException;
import ghostrow.comm.RankExit;
import ghostrow.data.InputException;
import ghostrow.formula.FormulaException;
import ghostrow.run.App;
import ghostrow.run.GroupBroken;
import ghostrow.run.Inside;
import ghostrow.run.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs a command line of this program in the process that is there already. */
final class Runner {
    private static final int REFUSED = 2;
    private static final int BROKEN = 1;
    private static final int STOPPED = 75;

    private final Apps apps;
    private final Set<String> prepared = ConcurrentHashMap.newKeySet();

    Runner(Apps apps) {
        this.apps = apps;
    }

    /**
     * What ends the run is an outcome, not an exception, unless it has several ranks and one of them has failed.
     *
     * @param words   the app and what it is told
     * @param figures what the record says, when the run has ended
     */
    Outcome run(List<String> words, Inside inside, Map<String, Object> figures) {
        try {
            Callable<Integer> app = apps.named(words.getFirst(), words);
            if (app instanceof App plain && prepared.add(words.getFirst())) {
                // Once: what is compiled then serves all that follow.
                plain.prepare();
            }
            CommandLine line = Options.commandLine(app, Optional.of(inside));
            line.parseArgs(words.subList(1, words.size()).toArray(String[]::new));
            if (line.isUsageHelpRequested()) {
                line.usage(System.out);
                return Outcome.done(0, Map.of());
            }
            int code = app.call();
            return switch (code) {
                case 0, App.UNSETTLED -> Outcome.done(code, figures);
                case STOPPED -> new Outcome(State.stopped, code, "", Map.of());
                default -> Outcome.failed(code, "exit code " + code);
            };
        } catch (GroupBroken e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            return failed(e);
        }
    }

    private static Outcome failed(Throwable e) {
        int code = switch (e) {
            case ParameterException _, InputException _, FormulaException _ -> REFUSED;
            case RankExit exit -> exit.code();
            default -> BROKEN;
        };
        String why = reason(e);
        System.err.println("ghostrow: " + why);
        return Outcome.failed(code, why);
    }

    /** In one line. */
    static String reason(Throwable e) {
        boolean says = e instanceof ParameterException || e instanceof InputException || e instanceof FormulaException
                || e instanceof CommException || e instanceof RankExit;
        return (says ? String.valueOf(e.getMessage()) : e.toString()).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
