package ghostrow.explain;

import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a class comes to in its own package, starting at its public methods, and how many loops lie around each of those
 * methods, those of its callers counted as well.
 */
final class Reach {
    /** Where methods call each other in circles there is no end to loops around loops. */
    private static final int DEEPEST = 12;

    /** A method that only hands out a field has no more instructions than this. */
    private static final int ACCESSOR = 3;

    /** @param around loops of the callers that lie around a method's call */
    record Method(Code code, int around) {

        /** Loops around its innermost instructions. */
        int depth() {
            return around + code.innermost().map(loop -> code.depthAt(loop.first())).orElse(0);
        }

        /** How many instructions are that deep inside. */
        int instructions() {
            return code.innermost().map(loop -> code.steps(loop).size()).orElse(code.steps().size());
        }
    }

    private final Classes classes;
    private final String worker;
    private final Map<MethodName, Method> methods = new LinkedHashMap<>();

    Reach(Class<?> worker) {
        this.classes = new Classes(worker);
        this.worker = worker.getName().replace('.', '/');
        walk();
    }

    private void walk() {
        Deque<Method> open = new ArrayDeque<>();
        publicMethods().forEach(code -> reach(new Method(code, 0), open));
        while (!open.isEmpty()) {
            Method caller = open.pop();
            for (Code.Step step : caller.code.steps()) {
                if (step.instruction() instanceof InvokeInstruction call) {
                    int around = caller.around + caller.code.depthAt(step.offset());
                    classes.targets(new MethodName(call.owner().asInternalName(), call.name().stringValue(),
                            call.type().stringValue())).forEach(callee -> reach(new Method(callee, around), open));
                }
            }
        }
    }

    private void reach(Method method, Deque<Method> open) {
        Method before = methods.get(method.code.name());
        if (before == null || before.around < method.around && method.around <= DEEPEST) {
            methods.put(method.code.name(), method);
            open.add(method);
        }
    }

    private Stream<Code> publicMethods() {
        List<String> names = classes.model(worker).stream().flatMap(model -> model.methods().stream())
                .filter(method -> method.flags().has(AccessFlag.PUBLIC) && !method.flags().has(AccessFlag.SYNTHETIC))
                .map(method -> method.methodName().stringValue() + method.methodType().stringValue()).toList();
        return classes.methods(worker).stream()
                .filter(code -> names.contains(code.name().name() + code.name().descriptor()));
    }

    /**
     * The methods with loops of the class and of those nested in it, and what is called in loops, the deepest first.
     *
     * @param busy tells whether a method was: one that is called in a loop may be there for a case that hardly ever
     *             comes, or for another rule. Where none of the class itself is known to have been, all of them count
     */
    List<Method> busiest(Predicate<MethodName> busy) {
        List<Method> all = methods.values().stream().filter(this::ofInterest).toList();
        boolean known = all.stream().anyMatch(method -> own(method) && !method.code.loops().isEmpty()
                && busy.test(method.code.name()));
        return all.stream().filter(method -> own(method) && !known || busy.test(method.code.name()))
                .sorted(Comparator.comparingInt(Method::depth).thenComparingInt(Method::instructions).reversed())
                .toList();
    }

    private boolean ofInterest(Method method) {
        boolean accessor = method.code.loops().isEmpty() && method.code.steps().size() <= ACCESSOR;
        return !method.code.name().name().startsWith("<") && !accessor
                && (method.around > 0 || own(method) && !method.code.loops().isEmpty());
    }

    private boolean own(Method method) {
        String owner = method.code.name().owner();
        return owner.equals(worker) || owner.startsWith(worker + "$");
    }

    /** Whether one comes before the other on the way from the public methods. */
    Comparator<Method> inOrderOfCalls() {
        List<MethodName> order = List.copyOf(methods.keySet());
        return Comparator.comparingInt(method -> order.indexOf(method.code.name()));
    }
}
