package ghostrow.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The class files of one package, read when first asked for. */
final class Classes {
    private final ClassLoader loader;
    private final String folder;
    private final Map<String, Optional<ClassModel>> read = new HashMap<>();

    /** Those beside a class. */
    Classes(Class<?> member) {
        this.loader = member.getClassLoader();
        this.folder = member.getPackageName().replace('.', '/') + "/";
    }

    /** What a class file declares; nothing for classes of other packages. */
    Optional<ClassModel> model(String internalName) {
        return read.computeIfAbsent(internalName, this::load);
    }

    private Optional<ClassModel> load(String internalName) {
        if (!internalName.startsWith(folder) || internalName.indexOf('/', folder.length()) >= 0) {
            return Optional.empty();
        }
        try (InputStream file = loader.getResourceAsStream(internalName + ".class")) {
            return file == null ? Optional.empty() : Optional.of(ClassFile.of().parse(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The methods with code that a class declares. */
    List<Code> methods(String internalName) {
        return model(internalName).stream().flatMap(model -> model.methods().stream())
                .flatMap(method -> code(internalName, method)).toList();
    }

    /** What a call may lead to: the method itself, or what those implement that a sealed type permits. */
    List<Code> targets(MethodName called) {
        Optional<ClassModel> owner = model(called.owner());
        if (owner.isEmpty()) {
            return List.of();
        }
        List<Code> own = methods(called.owner()).stream().filter(code -> code.name().equals(called)).toList();
        return !own.isEmpty() ? own : owner.get().findAttribute(Attributes.permittedSubclasses()).stream()
                .flatMap(permitted -> permitted.permittedSubclasses().stream())
                .flatMap(type -> targets(new MethodName(type.asInternalName(), called.name(), called.descriptor()))
                        .stream()).toList();
    }

    private static Stream<Code> code(String owner, MethodModel method) {
        return method.findAttribute(Attributes.code()).map(attribute -> new Code(new MethodName(owner,
                method.methodName().stringValue(), method.methodType().stringValue()), attribute)).stream();
    }
}
