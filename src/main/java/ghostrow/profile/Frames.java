package ghostrow.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions of a profile, numbered in the order in which they were met. */
final class Frames {
    private static final List<String> OTHERS = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "picocli.",
            "io.jhdf.", "org.", "one.", "mpi.", "mpjdev.", "mpjbuf.", "xdev.", "smpdev.", "niodev.",
            // What counting takes is the counted method's own.
            "ghostrow.hits.");

    /** Under this name programs know what they call, and the decorator that counts the calls is met under it. */
    static final String COMM = "Comm";
    private static final String COUNTED = "ghostrow.comm.CountedComm";

    private static final List<String> SYSTEM = List.of("libjvm.", "libjava.", "libnio.", "libnet.", "libzip.", "libc.",
            "libm.", "libpthread.", "ld-", "libmanagement", "libstdc++.", "libasyncProfiler.", "vdso");

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    int number(String name) {
        return numbers.computeIfAbsent(name, _ -> {
            names.add(name);
            return names.size() - 1;
        });
    }

    String name(int number) {
        return names.get(number);
    }

    List<String> names() {
        return names;
    }

    /**
     * What people call a method, or nothing where a frame is none that anybody wrote: what the JVM makes of lambdas and
     * method handles.
     */
    static String name(String type, String method) {
        if (type.isEmpty()) {
            // The JVM names its ways to C by what they take.
            return method.equals("nep_invoker_blob") ? "" : method.matches("[IJFDLV_]+") ? "call of C" : isLibrary(method)
                    ? method.substring(method.lastIndexOf('/') + 1) : method;
        }
        if (isLibrary(type) || isLibrary(method)) {
            String library = isLibrary(type) ? type : method;
            String file = library.substring(library.lastIndexOf('/') + 1);
            // A library without a table of its functions tells no more than that it was one of its own.
            return library == method || method.isEmpty() ? file : method + " (" + file + ")";
        }
        if (type.contains("$$Lambda") || type.startsWith("java.lang.invoke.LambdaForm$")
                || type.startsWith("java.lang.invoke.Invokers$") || type.startsWith("java.lang.invoke.DirectMethodHandle$")
                || type.startsWith("java.lang.invoke.DelegatingMethodHandle$")
                || type.contains(".0x") || type.contains("+0x")) {
            return "";
        }
        if (type.startsWith(COUNTED)) {
            return COMM + type.substring(COUNTED.length()).replace("$Counted", ".") + "." + method;
        }
        String name = method;
        if (method.startsWith("lambda$")) {
            String[] parts = method.split("\\$");
            name = (parts.length > 1 ? parts[1] : method) + " (lambda)";
        }
        return type + "." + name;
    }

    /** Whether it is a call to other ranks: what lies below is the library's business. */
    static boolean isCall(String name) {
        return name.startsWith(COMM + ".");
    }

    private static boolean isLibrary(String name) {
        return name.endsWith(".so") || name.contains(".so.") || name.contains("/lib");
    }

    /** Whether it is of the program, not of the JDK or of a library; told by the class, or by the function's full name. */
    static boolean isProgram(String type) {
        return isJava(type) && OTHERS.stream().noneMatch(type::startsWith);
    }

    /** Whether it is of the JDK, of the JVM or of the system: what these do for the program counts as the program's own. */
    static boolean isForTheProgram(String name) {
        if (isCall(name)) {
            return false;
        }
        int library = name.indexOf(" (");
        return library < 0 ? !isProgram(name) && !isLibrary(name) || name.contains("_stub")
                : SYSTEM.stream().anyMatch(each -> name.startsWith(each, library + 2));
    }

    private static boolean isJava(String type) {
        return type.contains(".") && !isLibrary(type) && !type.contains(" (lib") && !type.contains("::")
                && !type.contains("@");
    }
}
