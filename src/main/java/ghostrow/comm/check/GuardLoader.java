package ghostrow.comm.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;

/** Loads a rank's program, which tells a guard what it does to memory. */
final class GuardLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Guard guard;
    private final GuardRewriter rewriter = new GuardRewriter(this);

    GuardLoader(URL[] classes, ClassLoader parent, Guard guard) {
        super(classes, parent);
        this.guard = guard;
        guard.see();
    }

    Guard guard() {
        return guard;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        URL file = findResource(name.replace('.', '/') + ".class");
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = file.openStream()) {
            byte[] bytes = rewriter.guarded(in.readAllBytes());
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
