package ghostrow.own;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The JDK's compiler in a process of its own: its thousands of classes would make every start of Ghostrow slower if they
 * lay in the cache of Ghostrow's classes, and so they have one of their own (see src/setup/quickstart).
 *
 * <p>It leaves the classes in a folder, and beside them either {@link #MAIN}, the name of the class that ranks begin
 * with, or {@link #ERRORS}, what is wrong with the sources.
 */
final class CompilerProcess {
    static final String MAIN = "main";
    static final String ERRORS = "errors";
    static final int NO_COMPILER = 3;

    private static final int MOST = 20;
    private static final int BEFORE_SOURCES = 3;
    private static final String VECTORS = "jdk.incubator.vector";

    /** Before a class, where javac itself leaves them out as well. */
    private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");

    private final JavaCompiler compiler;
    private final Path classes;
    private final String classPath;
    private final DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();

    private CompilerProcess(JavaCompiler compiler, Path classes, String classPath) {
        this.compiler = compiler;
        this.classes = classes;
        this.classPath = classPath;
    }

    /** @param words the folder for the classes, the class path, the sources' root, and the sources, the main one first */
    public static void main(String[] words) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            System.exit(NO_COMPILER);
        }
        Path root = Path.of(words[2]);
        List<SourceText> sources = new ArrayList<>();
        for (String word : Arrays.copyOfRange(words, BEFORE_SOURCES, words.length)) {
            Path file = Path.of(word);
            sources.add(SourceText.read(file, root.relativize(file).toString()));
        }
        new CompilerProcess(compiler, Path.of(words[0]), words[1]).compile(sources);
    }

    private void compile(List<SourceText> sources) throws IOException {
        try (StandardJavaFileManager files = compiler.getStandardFileManager(complaints, Locale.ROOT, null)) {
            List<CompilationUnitTree> parsed = new ArrayList<>();
            List<SourceText> complete = complete(sources, files, parsed);
            if (failed()) {
                return;
            }
            JavacTask task = task(complete, files);
            List<TypeElement> types = new ArrayList<>();
            task.analyze().forEach(each -> types.addAll(ElementFilter.typesIn(List.of(each))));
            if (!failed() && begins(types, parsed.getFirst(), sources.getFirst())) {
                task.generate();
                failed();
            }
        }
    }

    /** The sources as Java wants them: compact ones with a {@code main}. */
    private List<SourceText> complete(List<SourceText> sources, StandardJavaFileManager files,
            List<CompilationUnitTree> parsed) throws IOException {
        JavacTask task = task(sources, files);
        task.parse().forEach(parsed::add);
        SourcePositions places = Trees.instance(task).getSourcePositions();
        List<SourceText> complete = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            complete.add(lacksMain(parsed.get(i), places) ? sources.get(i).withMain() : sources.get(i));
        }
        return complete;
    }

    /** Of a compact source file the class that nobody has written begins with its first member, not before it. */
    private static boolean lacksMain(CompilationUnitTree unit, SourcePositions places) {
        return unit.getTypeDecls().size() == 1 && unit.getTypeDecls().getFirst() instanceof ClassTree type
                && !type.getMembers().isEmpty()
                && places.getStartPosition(unit, type.getMembers().getFirst()) <= places.getStartPosition(unit, type)
                && type.getMembers().stream().noneMatch(CompilerProcess::isMain);
    }

    private static boolean isMain(Tree member) {
        return member instanceof MethodTree method && method.getName().contentEquals("main")
                && method.getParameters().isEmpty();
    }

    private JavacTask task(List<SourceText> sources, StandardJavaFileManager files) {
        // Joined at run time, strings would cost a rank's start the making of the code that joins them.
        List<String> options = new ArrayList<>(List.of("-d", classes.toString(), "-cp", classPath, "-g", "-parameters",
                "-proc:none", "-nowarn", "-XDstringConcat=inline"));
        if (sources.stream().anyMatch(source -> source.text().contains(VECTORS))) {
            // To look into one more module takes as long as to compile a small program.
            options.addAll(List.of("--add-modules", VECTORS));
        }
        return (JavacTask) compiler.getTask(null, files, complaints, options, null,
                sources.stream().map(SourceText::forCompiler).toList());
    }

    /** Writes down what is wrong, if anything is. */
    private boolean failed() throws IOException {
        List<String> errors = complaints.getDiagnostics().stream().filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(CompilerProcess::told).distinct().toList();
        if (errors.isEmpty()) {
            return false;
        }
        String more = errors.size() > MOST ? "\nand " + (errors.size() - MOST) + " more errors" : "";
        Files.writeString(classes.resolve(ERRORS), String.join("\n", errors.subList(0, Math.min(MOST, errors.size())))
                + more);
        return true;
    }

    /** As javac tells it, with the user's own lines. */
    private static String told(Diagnostic<? extends JavaFileObject> complaint) {
        String[] message = PACKAGES.matcher(complaint.getMessage(Locale.ROOT)).replaceAll("").split("\n", 2);
        String more = message.length > 1 ? "\n" + message[1] : "";
        if (!(complaint.getSource() instanceof SourceText.Given given)
                || complaint.getPosition() == Diagnostic.NOPOS) {
            return "error: " + message[0] + more;
        }
        SourceText source = given.source();
        int place = source.place(complaint.getPosition());
        return source.name() + ":" + source.line(place) + ": error: " + message[0] + "\n" + source.excerpt(place) + more;
    }

    /** Whether there is what ranks begin with. */
    private boolean begins(List<TypeElement> types, CompilationUnitTree unit, SourceText source) throws IOException {
        String inPackage = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
        String file = source.file().getFileName().toString();
        String name = inPackage + file.substring(0, file.length() - Sources.SUFFIX.length());
        String lack = new RankDeclaration(source.name(), name).lack(types.stream()
                .filter(type -> type.getQualifiedName().contentEquals(name)).findFirst().orElse(null));
        Files.writeString(classes.resolve(lack.isEmpty() ? MAIN : ERRORS), lack.isEmpty() ? name : lack);
        return lack.isEmpty();
    }
}
