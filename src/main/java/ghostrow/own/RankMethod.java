package ghostrow.own;

import ghostrow.comm.Comm;
import ghostrow.comm.RankExit;
import ghostrow.data.InputException;
import ghostrow.formula.FormulaException;
import ghostrow.hits.HitLoader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A program as one rank lives it. Each rank loads the classes for itself: where ranks are threads of one process, they
 * share none of the program's static fields, as they share none where they are processes.
 *
 * @param main      the class that ranks begin with
 * @param classPath where the program's classes lie
 * @param counting  brings them where their lines are counted, for all ranks of a process alike
 */
record RankMethod(String main, List<Path> classPath, Optional<HitLoader> counting, List<String> words) {

    void run(Comm comm) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Open for as long as the program may load a class: threads of its own may outlive this call.
        @SuppressWarnings("resource")
        ClassLoader loader = counting.isPresent() ? counting.get()
                : comm.loader(urls(), RankMethod.class.getClassLoader());
        thread.setContextClassLoader(loader);
        try {
            call(loader.loadClass(main), comm);
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            throw failure(comm, e.getCause());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private URL[] urls() throws MalformedURLException {
        URL[] urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toUri().toURL();
        }
        return urls;
    }

    private void call(Class<?> type, Comm comm) throws ReflectiveOperationException {
        for (Method method : type.getDeclaredMethods()) {
            Class<?>[] takes = method.getParameterTypes();
            if (method.getName().equals(RankDeclaration.METHOD) && takes.length > 0 && takes[0] == Comm.class
                    && (takes.length == 1 || takes.length == 2 && takes[1] == String[].class)) {
                method.setAccessible(true);
                Object self = null;
                if (!Modifier.isStatic(method.getModifiers())) {
                    Constructor<?> made = type.getDeclaredConstructor();
                    made.setAccessible(true);
                    self = made.newInstance();
                }
                if (takes.length == 1) {
                    method.invoke(self, comm);
                } else {
                    method.invoke(self, comm, words.toArray(String[]::new));
                }
                return;
            }
        }
        throw new NoSuchMethodException(main + "." + RankDeclaration.METHOD);
    }

    /** What the library says to users stays as it is; all else is shown with its place in the program. */
    private Exception failure(Comm comm, Throwable thrown) {
        return switch (thrown) {
            case InputException input -> input;
            case FormulaException formula -> formula;
            case RankExit exit -> exit;
            default -> new RankExit(1, new StackOf(thrown).told(comm.rank(), comm.size()));
        };
    }
}
