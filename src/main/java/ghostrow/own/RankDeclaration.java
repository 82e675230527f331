package ghostrow.own;

import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;

/**
 * Whether a program declares what ranks are to live, and what its user is told where it does not.
 *
 * @param file what people call the file
 * @param name the class that it is expected to have
 */
record RankDeclaration(String file, String name) {
    static final String METHOD = "rank";
    static final String COMM = "ghostrow.comm.Comm";

    private static final String EXPECTED = "\n    void rank(Comm comm, String... words)";

    /**
     * Empty where all is there.
     *
     * @param type null where there is none of the name
     */
    String lack(TypeElement type) {
        if (type == null) {
            return file + ": has no class " + name + ", and no rank; write" + EXPECTED + " { ... }\nand no class around it";
        }
        List<ExecutableElement> ranks = ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method -> method.getSimpleName().contentEquals(METHOD)).toList();
        if (ranks.isEmpty()) {
            return file + ": has no rank, so there is nothing to run; write" + EXPECTED + " { ... }";
        }
        List<ExecutableElement> fitting = ranks.stream().filter(RankDeclaration::fits).toList();
        if (fitting.isEmpty()) {
            return file + ": has " + ranks.stream().map(RankDeclaration::shown).collect(Collectors.joining(" and "))
                    + "; expected" + EXPECTED;
        }
        boolean isStatic = fitting.stream().allMatch(method -> method.getModifiers().contains(Modifier.STATIC));
        return isStatic || canBeMade(type) ? "" : file + ": rank is not static, and no " + name
                + " can be made that has it; make it static, or add\n    " + name + "() { }";
    }

    private static boolean fits(ExecutableElement method) {
        List<String> types = method.getParameters().stream().map(each -> each.asType().toString()).toList();
        return method.getReturnType().getKind() == TypeKind.VOID && (types.equals(List.of(COMM))
                || types.equals(List.of(COMM, "java.lang.String[]")) || types.equals(List.of(COMM, "java.lang.String...")));
    }

    private static boolean canBeMade(TypeElement type) {
        return type.getKind() == ElementKind.CLASS && !type.getModifiers().contains(Modifier.ABSTRACT)
                && ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                        .anyMatch(made -> made.getParameters().isEmpty());
    }

    private static String shown(ExecutableElement method) {
        return method.getReturnType() + " rank(" + method.getParameters().stream().map(VariableElement::asType)
                .map(type -> type.toString().replaceAll("[\\w.]*\\.(?=\\w)", "")).collect(Collectors.joining(", ")) + ")";
    }
}
