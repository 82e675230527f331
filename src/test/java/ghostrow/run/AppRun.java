package ghostrow.run;

import ghostrow.data.Json;
import ghostrow.spmd.Children;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import picocli.CommandLine;

/** Runs apps and reads their records: inside this JVM, which is quick, or as users do. */
public final class AppRun {
    private AppRun() {
    }

    /** A run with embedded ranks. The first word after the app's is up to the app. */
    public static Map<?, ?> record(Path folder, Function<List<String>, Callable<Integer>> app, int ranks, String... words)
            throws IOException {
        if (ranks > 1) {
            Setting.MPJ.require();
        }
        Path json = folder.resolve("record.json");
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--ranks", Integer.toString(ranks), "--transport", ranks == 1 ? "self" : "mpj", "--json",
                json.toString()));
        int code = execute(app, all);
        if (code != 0) {
            throw new AssertionError(all + " ended with " + code);
        }
        return (Map<?, ?>) Json.read(Files.readString(json));
    }

    /** Runs, or throws what the app threw. */
    public static int execute(Function<List<String>, Callable<Integer>> app, List<String> words) {
        CommandLine line = Options.commandLine(app.apply(words));
        // What a handler throws, picocli would print.
        AtomicReference<Exception> thrown = new AtomicReference<>();
        line.setExecutionExceptionHandler((failure, _, _) -> {
            thrown.set(failure);
            return 1;
        });
        line.setParameterExceptionHandler((mistake, _) -> {
            thrown.set(mistake);
            return 2;
        });
        int code = line.execute(words.toArray(String[]::new));
        if (thrown.get() != null) {
            throw thrown.get() instanceof RuntimeException unchecked ? unchecked
                    : new IllegalStateException(thrown.get());
        }
        return code;
    }

    /** A run by the launcher, on any transport. */
    public static Map<?, ?> record(Setting setting, int ranks, Path folder, String... words) throws Exception {
        setting.require();
        Path json = folder.resolve("record.json");
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--json", json.toString()));
        Children.output(setting.ghostrow(ranks, all.toArray(String[]::new)));
        return (Map<?, ?>) Json.read(Files.readString(json));
    }
}
