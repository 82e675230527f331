package ghostrow.app;

import ghostrow.comm.Mpirun;
import ghostrow.comm.Transport.Readiness;
import ghostrow.comm.Transport.Readiness.Missing;
import ghostrow.comm.Transport.Readiness.Ready;
import ghostrow.comm.Transports;
import ghostrow.data.AvailableMemory;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** One screen on what this machine offers a run, what is missing, and how to mend it. */
public final class Doctor implements App {
    private static final int FACT_WIDTH = 57;

    @Override
    public void declare(Options options) {
        options.about("Says what this machine has and what it lacks, GPUs among it.");
        options.footer("Exit code 0 if many ranks can run here, 1 if not.");
    }

    @Override
    public Integer call() {
        line("JDK", System.getProperty("java.vm.version") + ", " + System.getProperty("java.home"));
        line("quick start", Files.exists(Job.HOME.resolve("target/quickstart/compiler-ranks"))
                ? "prepared by the build" : "not prepared: runs start about 0.1 s later");
        line("SIMD", simd());
        line("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        line("memory", memory() + ", " + gib(AvailableMemory.bytes()) + " free");
        System.out.println();

        boolean manyRanks = false;
        for (String name : Transports.names()) {
            Readiness readiness = Transports.named(name, Job.HOME).readiness();
            switch (readiness) {
                case Ready ready -> {
                    line(name, "ready     " + ready.version());
                    ready.details().forEach(detail -> line("", "          " + detail));
                }
                case Missing missing -> {
                    line(name, "missing   " + missing.missing());
                    line("", "          to mend it: " + missing.remedy());
                }
            }
            manyRanks |= readiness instanceof Ready ready && ready.manyRanks();
        }
        System.out.println();

        GpuDevices.list().forEach(Doctor::entry);
        System.out.println();

        tool("HDF5 tools", "sudo apt-get install hdf5-tools", "h5dump");
        tool("Slurm", "sudo apt-get install slurm-wlm", "srun");
        System.out.println(manyRanks ? "\nMany ranks can run here."
                : "\nOnly one rank can run here: mend at least one of native, openmpi and mpj.");
        return manyRanks ? 0 : 1;
    }

    private static void line(String what, String found) {
        System.out.printf("%-12s %s%n", what, found);
    }

    /** Drivers' names and reasons are as long as they like. */
    private static void entry(GpuDevices.Entry entry) {
        String what = entry.title();
        String state = entry.state();
        for (String fact : entry.facts()) {
            StringBuilder text = new StringBuilder();
            for (String word : fact.split(" ")) {
                if (!text.isEmpty() && text.length() + 1 + word.length() > FACT_WIDTH) {
                    line(what, String.format("%-9s %s", state, text));
                    what = "";
                    state = "";
                    text.setLength(0);
                }
                text.append(text.isEmpty() ? "" : " ").append(word);
            }
            line(what, String.format("%-9s %s", state, text));
            what = "";
            state = "";
        }
    }

    private static String simd() {
        try {
            int bits = jdk.incubator.vector.VectorShape.preferredShape().vectorBitSize();
            return bits + " bits: " + bits / Double.SIZE + " doubles at a time";
        } catch (NoClassDefFoundError e) {
            return "not used: this JVM runs without jdk.incubator.vector";
        }
    }

    private static String memory() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return gib(lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElse(Long.MAX_VALUE));
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String gib(long bytes) {
        return bytes == Long.MAX_VALUE ? "unknown" : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }

    /** Tools that look at results or run jobs; Ghostrow itself does without them. */
    private static void tool(String what, String remedy, String program) {
        line(what, Mpirun.onPath(program).map(path -> "ready     " + path)
                .orElse("missing   to have it: " + remedy));
    }
}
