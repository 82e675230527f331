package ghostrow.run;

import ghostrow.comm.Comm;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Under what circumstances a run was made: the part of its record that makes figures comparable. */
public final class Environment {
    private static final int NAME_BYTES = 64;

    private Environment() {
    }

    /** Collective; the answer is complete at rank 0. */
    public static Map<String, Object> of(Comm comm, Job job) {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("java", System.getProperty("java.vm.version"));
        environment.put("jvmFlags", jvmFlags());
        environment.put("mpi", comm.library());
        if (!comm.libraryChoice().isEmpty()) {
            environment.put("mpiChoice", comm.libraryChoice());
        }
        environment.put("hosts", hosts(comm));
        environment.put("cores", Runtime.getRuntime().availableProcessors());
        environment.put("simdBits", simdBits());
        environment.put("commit", commit());
        environment.put("command", job.commandLine());
        environment.put("started", job.started().toString());
        return environment;
    }

    /** The words between {@code java} and the class path. */
    private static List<String> jvmFlags() {
        String[] words = ProcessHandle.current().info().arguments().orElse(new String[0]);
        return Arrays.stream(words).takeWhile(word -> !word.equals("-cp")).toList();
    }

    /** The machines' names, each once, in the order of their first ranks; collective, complete at rank 0. */
    static List<String> hosts(Comm comm) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] name = comm.processorName().getBytes(StandardCharsets.UTF_8);
            MemorySegment mine = arena.allocate(NAME_BYTES);
            MemorySegment.copy(MemorySegment.ofArray(name), 0, mine, 0, Math.min(name.length, NAME_BYTES - 1));
            MemorySegment all = arena.allocate(comm.rank() == 0 ? (long) NAME_BYTES * comm.size() : 0);
            comm.gather(mine, all, 0);
            Set<String> hosts = new LinkedHashSet<>();
            for (long at = 0; at < all.byteSize(); at += NAME_BYTES) {
                hosts.add(all.getString(at, StandardCharsets.UTF_8));
            }
            return List.copyOf(hosts);
        }
    }

    /** Vectors' width; 0 where the JVM runs without the Vector API. */
    static int simdBits() {
        try {
            return jdk.incubator.vector.VectorShape.preferredShape().vectorBitSize();
        } catch (NoClassDefFoundError e) {
            return 0;
        }
    }

    /** What the build noted down; a build outside git has none. */
    public static String commit() {
        try {
            return Files.readString(Job.HOME.resolve("target/commit")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
