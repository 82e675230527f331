package ghostrow.study.scale;

import ghostrow.comm.Mpirun;
import ghostrow.comm.Mpirun.Library;
import ghostrow.data.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The words before {@code ghostrow APP} that make a job of it: none on a plain machine, where ghostrow starts its
 * own ranks; srun inside an allocation; or what the user says, with {@code {ranks}} and {@code {threads}} filled in.
 */
record Launcher(List<String> words) {

    /** @param line srun, mpirun, ghostrow or site, for which the words are known; else all the words */
    static Launcher given(String line, Path home, Map<String, String> environment) {
        return switch (line.strip()) {
            case "srun" -> srun(environment);
            case "mpirun" -> mpirun(environment);
            case "ghostrow" -> new Launcher(List.of());
            case "site" -> site(home);
            default -> {
                if (!line.contains("{ranks}")) {
                    throw new InputException("--launcher '" + line + "': expected srun, mpirun, ghostrow, site, or a "
                            + "line with {ranks} where the number of ranks goes, like 'mpirun -np {ranks}'");
                }
                yield new Launcher(List.of(line.strip().split("\\s+")));
            }
        };
    }

    /** The site's own: what jobs are started by, as slurm/site.env says wherever the run takes place. */
    static Launcher site(Path home) {
        return new Launcher(List.of(home.resolve("jobs/start").toAbsolutePath().normalize().toString(), "{ranks}",
                "{threads}"));
    }

    /** What suits this process: srun where Slurm has given it nodes. */
    static Launcher atHand(Map<String, String> environment) {
        return environment.containsKey("SLURM_JOB_ID") && Mpirun.onPath("srun").isPresent()
                ? srun(environment) : new Launcher(List.of());
    }

    /** The library's own, on the hosts that a batch system has given it or on this one. */
    private static Launcher mpirun(Map<String, String> environment) {
        Mpirun mpirun = Mpirun.preferred(environment).orElseThrow(() -> new InputException(
                "--launcher mpirun: there is none on PATH; load the MPI's module, or give its path in a line "
                        + "like '/opt/mpi/bin/mpirun -np {ranks}'"));
        List<String> words = new ArrayList<>(List.of(mpirun.program().toString(), "-np", "{ranks}"));
        if (mpirun.library() == Library.OPEN_MPI) {
            words.addAll(List.of("--bind-to", "none"));
            if (System.getProperty("user.name").equals("root")) {
                words.add("--allow-run-as-root");
            }
        }
        return new Launcher(words);
    }

    /**
     * srun must speak the library's own language: with another one it starts N worlds of one rank each. It waits for
     * the ranks that outlive a failed one unless it is told to end them.
     */
    static Launcher srun(Map<String, String> environment) {
        String flavour = environment.getOrDefault("SLURM_MPI_TYPE", Mpirun.preferred(environment)
                .filter(mpirun -> mpirun.library() == Library.MPICH).isPresent() ? "pmi2" : "pmix");
        return new Launcher(List.of("srun", "--mpi=" + flavour, "--kill-on-bad-exit=1", "--ntasks={ranks}",
                "--cpus-per-task={threads}"));
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
        command.add(ghostrow.toString());
        command.addAll(app);
        command.addAll(List.of("--ranks", Integer.toString(setting.ranks())));
        return command;
    }
}
