package ghostrow.hits;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Loads a program's classes anew, with counters in the wanted methods; all else it leaves to the loader of this class,
 * where it comes from the prepared cache. What was counted is asked of it, so nothing is shared between two runs.
 */
public final class HitLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final byte[] HIDDEN = "defineHiddenClass".getBytes(StandardCharsets.US_ASCII);

    private final Program program;
    private final Wanted wanted;
    private final boolean groundIsShared;
    private final ProgramFiles files;
    private final Rewriter rewriter;
    private final List<Counters> classes = new CopyOnWriteArrayList<>();

    public HitLoader(Program program, Wanted wanted) {
        super(program.urls(), HitLoader.class.getClassLoader());
        this.program = program;
        this.wanted = wanted;
        this.groundIsShared = wanted.methods().keySet().stream().noneMatch(program::inGround);
        this.files = new ProgramFiles(program);
        this.rewriter = new Rewriter(ClassHierarchyResolver.ofResourceParsing(this)
                .orElse(ClassHierarchyResolver.defaultResolver()));
    }

    /** The loader of a class, where that is counted: how the program finds it from within. */
    public static Optional<HitLoader> around(Class<?> member) {
        return member.getClassLoader() instanceof HitLoader loader ? Optional.of(loader) : Optional.empty();
    }

    /** The loader of what the current thread runs. */
    public static Optional<HitLoader> current() {
        return Thread.currentThread().getContextClassLoader() instanceof HitLoader loader ? Optional.of(loader)
                : Optional.empty();
    }

    /** What has been counted up to now. */
    public Hits hits() {
        return Hits.of(classes);
    }

    /**
     * Runs a static method of a class of the program that takes its words, with the counters.
     *
     * @return what it returns; what it throws is thrown as it is
     */
    public Object run(String className, String method, List<String> words) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
            Method run = loadClass(className).getDeclaredMethod(method, List.class);
            run.setAccessible(true);
            return run.invoke(null, words);
        } catch (InvocationTargetException e) {
            throw HitLoader.<RuntimeException>asItIs(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot run " + className + "." + method, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asItIs(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!program.holds(name) || groundIsShared && program.inGround(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            Optional<byte[]> bytes = files.classFile(name);
            return bytes.isPresent() ? define(name, bytes.get()) : super.loadClass(name, resolve);
        }
    }

    private Class<?> define(String name, byte[] bytes) {
        byte[] made = contains(bytes, HIDDEN) ? rewriter.announcingHiddenClasses(bytes) : bytes;
        if (wanted.touches(name)) {
            made = counting(name, made);
        }
        definePackageOf(name);
        return defineClass(name, made, 0, made.length);
    }

    /** With the version of the program, where its classes were loaded before. */
    private void definePackageOf(String className) {
        int dot = className.lastIndexOf('.');
        String name = dot < 0 ? "" : className.substring(0, dot);
        if (dot < 0 || getDefinedPackage(name) != null) {
            return;
        }
        Package before = getParent().getDefinedPackage(name);
        try {
            definePackage(name, null, null, null, before == null ? null : before.getImplementationTitle(),
                    before == null ? null : before.getImplementationVersion(), null, null);
        } catch (IllegalArgumentException e) {
            // Another thread was quicker.
        }
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            int same = 0;
            while (same < part.length && bytes[at + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }

    /** A class that the program has made itself. */
    byte[] counting(byte[] made) {
        String name = ClassFile.of().parse(made).thisClass().asInternalName().replace('/', '.');
        return wanted.touches(name) ? counting(name, made) : made;
    }

    private byte[] counting(String name, byte[] bytes) {
        synchronized (classes) {
            Optional<Rewriter.Rewritten> rewritten = rewriter.counting(bytes, wanted.in(name), classes.size());
            rewritten.ifPresent(counted -> classes.add(Counters.of(counted.layout())));
            return rewritten.map(Rewriter.Rewritten::bytes).orElse(bytes);
        }
    }

    Counters counters(int number) {
        return classes.get(number);
    }

    @Override
    public void close() throws IOException {
        files.close();
        super.close();
    }
}
