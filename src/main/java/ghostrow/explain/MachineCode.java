package ghostrow.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The instructions that a method was compiled to. The JVM does not say whether it has vectorised a loop, but where the
 * code lies; so the code itself is asked: how many numbers its arithmetic takes at a time.
 */
final class MachineCode {
    private static final Pattern LISTED = Pattern.compile(
            "(?m)^(\\d+) \\d+ \\d+ \\S+ \\[0x\\p{XDigit}+, 0x(\\p{XDigit}+) - 0x(\\p{XDigit}+)]$");

    /** Arithmetic on doubles: on packed ones (pd), or on a single one (sd). */
    private static final Pattern ARITHMETIC = Pattern.compile(
            "\\tv?(?:add|sub|mul|div|sqrt|min|max|fn?m(?:add|sub)\\d+)(pd|sd) .*?%([xyz])mm");

    private static final Map<String, Integer> DOUBLES = Map.of("x", 2, "y", 4, "z", 8);

    private MachineCode() {
    }

    /** What a compilation's arithmetic looks like, or why that cannot be told; in a sentence. */
    static String arithmetic(Compilations.Compilation compilation) {
        String code = "The machine code of " + compilation.method().label() + " ";
        String untold = "Whether " + compilation.method().label() + " is vectorised, the JVM does not tell";
        if (!System.getProperty("os.arch").equals("amd64")) {
            return untold + ", and only the instructions of x86-64 are known here.";
        }
        try {
            return bytes(compilation.id()).map(MachineCode::disassembled)
                    .map(lines -> code + inWords(count(lines))).orElse(untold + ", and has thrown the code away.");
        } catch (UncheckedIOException e) {
            return untold + "; its code would, but there is no objdump to read it (Debian: binutils).";
        } catch (JMException e) {
            return untold + " (" + e + ").";
        }
    }

    /** Copied at once: the JVM may need the place for something else. */
    private static Optional<byte[]> bytes(int id) throws JMException {
        Object list = ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerCodelist",
                new Object[] {null}, new String[] {String[].class.getName()});
        Matcher each = LISTED.matcher((String) list);
        while (each.find()) {
            if (Integer.parseInt(each.group(1)) == id) {
                long begin = Long.parseLong(each.group(2), 16);
                long end = Long.parseLong(each.group(3), 16);
                return Optional.of(MemorySegment.ofAddress(begin).reinterpret(end - begin)
                        .toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return Optional.empty();
    }

    private static List<String> disassembled(byte[] code) {
        try {
            Path file = Files.createTempFile("ghostrow", ".code");
            try {
                Files.write(file, code);
                Process objdump = new ProcessBuilder("objdump", "-D", "-b", "binary", "-m", "i386:x86-64",
                        file.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
                try (var lines = objdump.inputReader().lines()) {
                    return lines.toList();
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many instructions of arithmetic there are, by the doubles that they take at a time. */
    static Map<Integer, Integer> count(List<String> disassembled) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (String line : disassembled) {
            Matcher arithmetic = ARITHMETIC.matcher(line);
            if (arithmetic.find()) {
                // The widest register that an instruction names is in all its places.
                counts.merge(arithmetic.group(1).equals("sd") ? 1 : DOUBLES.get(arithmetic.group(2)), 1, Integer::sum);
            }
        }
        return counts;
    }

    static String inWords(Map<Integer, Integer> counts) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (counts.isEmpty()) {
            return "has no arithmetic on doubles.";
        }
        boolean vectors = all > counts.getOrDefault(1, 0);
        String begin = (vectors ? "is vectorised: " : "is not vectorised: ")
                + (counts.size() == 1 ? "each of its " : "of its ") + all + " instructions of arithmetic on doubles ";
        return counts.size() == 1 ? begin + "takes " + number(counts.keySet().iterator().next()) + " at a time."
                : begin + new TreeMap<>(counts).descendingMap().entrySet().stream().map(each -> each.getValue()
                        + (each.getValue() == 1 ? " takes " : " take ") + number(each.getKey()))
                .collect(Collectors.joining(", ")) + " at a time.";
    }

    private static String number(int doubles) {
        return doubles == 1 ? "one" : Integer.toString(doubles);
    }
}
