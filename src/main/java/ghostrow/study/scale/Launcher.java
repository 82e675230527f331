package ghostrow.study.scale;

import ghostrow.comm.Cores;
import ghostrow.comm.Mpirun;
import ghostrow.comm.Mpirun.Library;
import ghostrow.comm.Placement;
import ghostrow.data.InputException;
import ghostrow.study.Allocation;
import ghostrow.study.Ended;
import ghostrow.study.Host;
import ghostrow.study.Launch;
import ghostrow.study.StudyException;
import ghostrow.study.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words before {@code ghostrow APP} that make a job of it: none on a plain machine, where ghostrow starts its
 * own ranks; srun inside an allocation; or what the user says, with {@code {ranks}} and {@code {threads}} filled in.
 *
 * @param placing puts ranks on few nodes, and binds them to cores where each thread can have one for itself
 */
record Launcher(List<String> words, Placing placing) {
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

    /** What the launcher must be told for a setting of this app. */
    interface Placing {
        Placed of(List<String> app, Setting setting);
    }

    /**
     * @param words   more words for the launcher
     * @param binding what a rank is bound to by them, in words for people
     */
    record Placed(List<String> words, String binding) {
    }

    /** @param line srun, mpirun, ghostrow or site, for which the words are known; else all the words */
    static Launcher given(String line, Path home, Map<String, String> environment) {
        return switch (line.strip()) {
            case "srun" -> srun(environment);
            case "mpirun" -> mpirun(environment);
            case "ghostrow" -> here(environment);
            case "site" -> site(home);
            default -> {
                if (!line.contains("{ranks}")) {
                    throw new InputException("--launcher '" + line + "': expected srun, mpirun, ghostrow, site, or a "
                            + "line with {ranks} where the number of ranks goes, like 'mpirun -np {ranks}'");
                }
                yield new Launcher(List.of(line.strip().split("\\s+")),
                        (app, setting) -> new Placed(List.of(), "as the launcher's line says"));
            }
        };
    }

    /** The site's own: what jobs are started by, as slurm/site.env says wherever the run takes place. */
    static Launcher site(Path home) {
        return new Launcher(List.of(home.resolve("jobs/start").toAbsolutePath().normalize().toString(), "{ranks}",
                "{threads}"), (app, setting) -> new Placed(List.of(), "as the site says"));
    }

    /** What suits this process: srun where Slurm has given it nodes. */
    static Launcher atHand(Map<String, String> environment) {
        return environment.containsKey("SLURM_JOB_ID") && Mpirun.onPath("srun").isPresent()
                ? srun(environment) : here(environment);
    }

    /** Ranks that the program starts itself, and binds as it does for anybody. */
    static Launcher here(Map<String, String> environment) {
        Cores cores = Cores.atHand();
        return new Launcher(List.of(), (app, setting) -> {
            Placement asked = new Placement(last(app, "--host"), last(app, "--hostfile"), last(app, "--bind-to"),
                    last(app, "--mpirun-options").stream().toList());
            boolean mpi = setting.ranks() > 1 && !last(app, "--transport").orElse("native").startsWith("mpj")
                    && Mpirun.preferred(environment).isPresent();
            int each = mpi ? Mpirun.coresEach(setting.ranks(), setting.threads(), asked, cores) : 0;
            return new Placed(List.of(), mpi ? asked.binding().orElse(cores(each)) : "none");
        });
    }

    private static Optional<String> last(List<String> words, String option) {
        List<String> values = Words.valuesOf(words, option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    private static String cores(int count) {
        return count == 0 ? "none" : count == 1 ? "1 core" : count + " cores";
    }

    /** The library's own, on the hosts that a batch system has given it or on this one. */
    private static Launcher mpirun(Map<String, String> environment) {
        Mpirun mpirun = Mpirun.preferred(environment).orElseThrow(() -> new InputException(
                "--launcher mpirun: there is none on PATH; load the MPI's module, or give its path in a line "
                        + "like '/opt/mpi/bin/mpirun -np {ranks}'"));
        List<String> words = new ArrayList<>(List.of(mpirun.program().toString(), "-np", "{ranks}"));
        if (mpirun.library() == Library.OPEN_MPI && System.getProperty("user.name").equals("root")) {
            words.add("--allow-run-as-root");
        }
        int cores = Host.cores(environment);
        // The launcher knows the cores that were chosen for a job, and none that were chosen otherwise.
        boolean ours = environment.containsKey("SLURM_JOB_ID") || Cores.atHand().all();
        return new Launcher(words, (app, setting) -> {
            boolean fits = setting.workers() <= cores;
            int each = fits && ours ? setting.threads() : 0;
            List<String> more = new ArrayList<>(mpirun.binding(each));
            if (!fits && mpirun.library() == Library.OPEN_MPI) {
                more.add("--oversubscribe");
            }
            return new Placed(more, each == 0 && mpirun.library() == Library.MPICH ? "as MPICH does" : cores(each));
        });
    }

    /**
     * srun must speak the library's own language: with another one it starts N worlds of one rank each. It waits for
     * the ranks that outlive a failed one unless it is told to end them, and deals ranks to all nodes of the job.
     */
    static Launcher srun(Map<String, String> environment) {
        String flavour = environment.getOrDefault("SLURM_MPI_TYPE", Mpirun.preferred(environment)
                .filter(mpirun -> mpirun.library() == Library.MPICH).isPresent() ? "pmi2" : "pmix");
        Optional<Allocation> allocation = Host.allocation(environment);
        boolean binds = clusterBinds();
        return new Launcher(List.of("srun", "--mpi=" + flavour, "--kill-on-bad-exit=1", "--ntasks={ranks}",
                "--cpus-per-task={threads}"), (app, setting) -> {
            List<String> more = new ArrayList<>();
            Optional<Integer> nodes = allocation
                    .flatMap(given -> given.nodesFor(setting.ranks(), setting.threads()));
            nodes.ifPresent(count -> more.add("--nodes=" + count));
            // Without an allocation this is for a job that is made for the setting.
            boolean fits = nodes.isPresent() || allocation.isEmpty();
            if (binds) {
                more.add("--cpu-bind=" + (fits ? "cores" : "none"));
            }
            return new Placed(more, cores(binds && fits ? setting.threads() : 0));
        });
    }

    /** Makes the environment of a run: it writes to a file, whatever this process has around it. */
    static void prepare(Map<String, String> environment) {
        environment.remove("GHOSTROW_TERMINAL");
        // As jobs/lib.sh does, which says why.
        environment.putIfAbsent("SLURM_PMIX_FENCE", "ring");
    }

    /** Whether Slurm binds tasks here at all, as clusters do unless they have been told not to; srun would complain. */
    private static boolean clusterBinds() {
        try {
            Launch asking = new Launch(List.of("scontrol", "show", "config"), LONGEST_ANSWER);
            Ended answer = asking.run();
            return !answer.well() || answer.out().lines().anyMatch(line -> line.startsWith("TaskPlugin ")
                    && line.contains("affinity"));
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            throw new StudyException("interrupted while Slurm was asked for its configuration");
        }
    }

    /** What a rank is bound to, in words for people. */
    String binding(List<String> app, Setting setting) {
        return placing.of(app, setting).binding();
    }

    /** The whole command. The number of ranks is said to ghostrow too: it refuses a world of another size. */
    List<String> command(Path ghostrow, List<String> app, Setting setting) {
        List<String> threaded = new ArrayList<>(app);
        threaded.addAll(List.of("--threads", Integer.toString(setting.threads())));
        return commandWithoutThreads(ghostrow, threaded, setting);
    }

    /** For apps that take no {@code --threads}. */
    List<String> commandWithoutThreads(Path ghostrow, List<String> app, Setting setting) {
        List<String> command = new ArrayList<>();
        words.forEach(word -> command.add(word.replace("{ranks}", Integer.toString(setting.ranks()))
                .replace("{threads}", Integer.toString(setting.threads()))));
        command.addAll(placing.of(app, setting).words());
        command.add(ghostrow.toString());
        command.add(app.getFirst());
        command.addAll(List.of("--ranks", Integer.toString(setting.ranks())));
        command.addAll(app.subList(1, app.size()));
        return command;
    }
}
