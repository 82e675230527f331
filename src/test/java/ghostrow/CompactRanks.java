package ghostrow;

import ghostrow.comm.Comm;
import ghostrow.comm.StagedComm;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a compact source file that has a {@code rank} and no {@code main}, and runs it on all ranks. */
final class CompactRanks {
    private static final String IMPORTS = "import ghostrow.comm.*;";
    private static final String MAIN = "\nvoid main() { }\n";

    private CompactRanks() {
    }

    /** Leaves the class, named after the file, in a folder. */
    static void compile(Path file, Path folder) throws IOException {
        String source = IMPORTS + Files.readString(file) + MAIN;
        JavaFileObject given = new SimpleJavaFileObject(URI.create("memory:///" + file.getFileName()),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        List<String> options = List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString());
        if (!ToolProvider.getSystemJavaCompiler().getTask(null, null, null, options, null, List.of(given)).call()) {
            throw new AssertionError(file + " does not compile");
        }
    }

    /** What {@link ghostrow.spmd.SpmdRun} gives, and behind it the folder and the name of the class. */
    public static void main(String[] words) {
        Setting.find(words[1]).run(Integer.parseInt(words[3]), comm -> {
            URL[] folder = {Path.of(words[4]).toUri().toURL()};
            try (URLClassLoader loader = new URLClassLoader(folder, CompactRanks.class.getClassLoader())) {
                Constructor<?> made = loader.loadClass(words[5]).getDeclaredConstructor();
                made.setAccessible(true);
                Method rank = made.getDeclaringClass().getDeclaredMethod("rank", Comm.class, String[].class);
                rank.setAccessible(true);
                rank.invoke(made.newInstance(), new StagedComm(comm), new String[0]);
            }
        });
    }
}
