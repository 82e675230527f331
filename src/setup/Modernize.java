import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar and gives its classes the class file version of this JDK. An AOT cache takes no classes of before
 * JDK 6, whose verifier was another, and picocli is compiled for JDK 5: parsing and verifying it anew at each start
 * takes longer than all the rest.
 *
 * <p>Usage: java Modernize.java OLD.jar NEW.jar
 */
final class Modernize {
    private Modernize() {
    }

    public static void main(String[] args) throws IOException {
        try (JarFile old = new JarFile(args[0]);
                URLClassLoader itsClasses = new URLClassLoader(new URL[] {Path.of(args[0]).toUri().toURL()});
                OutputStream file = Files.newOutputStream(Path.of(args[1]));
                JarOutputStream renewed = new JarOutputStream(file)) {
            ClassFile classFile = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(itsClasses)));
            for (Enumeration<JarEntry> entries = old.entries(); entries.hasMoreElements();) {
                JarEntry entry = entries.nextElement();
                // The module's description is of no use on a class path.
                if (entry.isDirectory() || entry.getName().endsWith("module-info.class")
                        || entry.getName().startsWith("META-INF/")) {
                    continue;
                }
                renewed.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream in = old.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    renewed.write(entry.getName().endsWith(".class") ? renew(classFile, bytes) : bytes);
                }
            }
        }
    }

    /** Code that is passed on as it is would keep lacking the stack maps that today's verifier wants. */
    private static byte[] renew(ClassFile classFile, byte[] old) {
        ClassTransform code = ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_21_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        return classFile.transformClass(classFile.parse(old), code.andThen(version));
    }
}
