package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What launchers put into the environment of a process, and what they promise by it. */
class WorldTest {
    private static final Map<String, String> BATCH_SCRIPT = Map.of("SLURM_JOB_ID", "7", "SLURM_NTASKS", "4",
            "SLURM_PROCID", "0", "SLURM_LOCALID", "0", "SLURM_NODEID", "0");
    private static final Map<String, String> STEP = and(BATCH_SCRIPT, "SLURM_STEP_ID", "0",
            "SLURM_STEP_NUM_TASKS", "4",
            "SLURM_SRUN_COMM_PORT", "40123", "SLURM_PROCID", "3");

    @Test
    void nobodyLaunchedAPlainProcess() {
        assertEquals(Optional.empty(), World.around(Map.of("PATH", "/usr/bin")));
    }

    @Test
    void ranksThatDoNotAllShareTheMachineAreOnSeveralHosts() {
        assertEquals(Optional.of(true), world("srun", 0, 4, 2).flatMap(World::onSeveralHosts));
        assertEquals(Optional.of(false), world("srun", 0, 4, 4).flatMap(World::onSeveralHosts));
        assertEquals(Optional.empty(), world("srun", 0, 4).flatMap(World::onSeveralHosts));
        // One node has three of four tasks, the other one.
        for (String node : List.of("0", "1")) {
            assertEquals(Optional.of(true), World.around(and(STEP, "SLURM_STEP_TASKS_PER_NODE", "3,1", "SLURM_NODEID",
                    node)).flatMap(World::onSeveralHosts));
        }
    }

    @Test
    void aBatchScriptIsNotARank() {
        assertEquals(Optional.empty(), World.around(BATCH_SCRIPT));
        // Slurm runs the batch script itself as a step, but not by srun.
        assertEquals(Optional.empty(), World.around(and(BATCH_SCRIPT, "SLURM_STEP_ID", "4294967291")));
    }

    @Test
    void mpirunOfOpenMpi() {
        assertEquals(world("mpirun (Open MPI)", 2, 5, 3), World.around(Map.of("OMPI_COMM_WORLD_RANK", "2",
                "OMPI_COMM_WORLD_SIZE", "5", "OMPI_COMM_WORLD_LOCAL_SIZE", "3")));
    }

    @Test
    void mpirunOfMpich() {
        assertEquals(world("mpirun (MPICH)", 1, 4, 2), World.around(Map.of("PMI_RANK", "1", "PMI_SIZE", "4",
                "MPI_LOCALNRANKS", "2", "HYDI_CONTROL_FD", "5")));
    }

    /**
     * mpirun starts one task of srun a node to be its helper: that task's place in the step is not the
     * rank's.
     */
    @Test
    void mpirunWithinAStepOfSlurm() {
        Map<String, String> helper = and(STEP, "SLURM_PROCID", "0", "SLURM_STEP_NUM_TASKS", "1");
        assertEquals(world("mpirun (MPICH)", 1, 4, 4), World.around(and(helper, "PMI_RANK", "1",
                "PMI_SIZE", "4",
                "MPI_LOCALNRANKS", "4", "HYDI_CONTROL_FD", "5")));
        assertEquals(world("mpirun (Open MPI)", 1, 4, 4), World.around(and(helper,
                "OMPI_COMM_WORLD_RANK", "1",
                "OMPI_COMM_WORLD_SIZE", "4", "OMPI_COMM_WORLD_LOCAL_SIZE", "4")));
    }

    @Test
    void srunWithPmix() {
        assertEquals(world("srun", 3, 4), World.around(and(STEP, "PMIX_RANK", "3",
                "PMIX_NAMESPACE", "slurm.pmix.7.0")));
    }

    @Test
    void srunWithPmi2() {
        assertEquals(world("srun", 3, 4), World.around(and(STEP, "PMI_RANK", "3", "PMI_SIZE", "4",
                "PMI_FD", "6")));
    }

    /** The wrong --mpi: each task is told that it is alone, and only Slurm's own variables know better. */
    @Test
    void srunKeepsItsPromiseInSpiteOfPmi() {
        assertEquals(world("srun", 3, 4), World.around(and(STEP, "PMI_RANK", "0", "PMI_SIZE", "1")));
    }

    @Test
    void srunSaysHowManyTasksShareANode() {
        Map<String, String> step = and(STEP, "SLURM_STEP_NUM_TASKS", "7", "SLURM_STEP_TASKS_PER_NODE", "2(x3),1");
        assertEquals(world("srun", 3, 7, 2), World.around(and(step, "SLURM_NODEID", "0")));
        assertEquals(world("srun", 3, 7, 2), World.around(and(step, "SLURM_NODEID", "2")));
        assertEquals(world("srun", 3, 7, 1), World.around(and(step, "SLURM_NODEID", "3")));
        Map<String, String> uneven = and(STEP, "SLURM_STEP_NUM_TASKS", "65", "SLURM_STEP_TASKS_PER_NODE", "1,64");
        assertEquals(world("srun", 3, 65, 1), World.around(and(uneven, "SLURM_NODEID", "0")));
        assertEquals(world("srun", 3, 65, 64), World.around(and(uneven, "SLURM_NODEID", "1")));
        // Which node this is nobody says, or says wrongly: the fullest one is the safe guess.
        assertEquals(world("srun", 3, 65, 64), World.around(and(uneven, "SLURM_NODEID", "2")));
        assertEquals(world("srun", 3, 65, 64), World.around(and(uneven, "SLURM_NODEID", "")));
        assertEquals(world("srun", 3, 4), World.around(and(STEP, "SLURM_STEP_TASKS_PER_NODE", "two")));
    }

    @Test
    void flux() {
        Map<String, String> task = Map.of("FLUX_TASK_RANK", "2", "FLUX_JOB_SIZE", "5", "FLUX_JOB_NNODES", "2");
        assertEquals(world("flux run", 2, 5, 3), World.around(task));
        assertEquals(world("flux run", 2, 5, 3), World.around(and(task, "PMI_RANK", "2", "PMI_SIZE", "5")));
        // Flux as one task a node of a step of Slurm.
        assertEquals(world("flux run", 2, 5, 3), World.around(and(task, "SLURM_STEP_ID", "0", "SLURM_PROCID", "1",
                "SLURM_SRUN_COMM_PORT", "40123", "SLURM_STEP_NUM_TASKS", "2")));
        assertEquals(world("mpirun (MPICH)", 1, 4, 4), World.around(and(task, "PMI_RANK", "1", "PMI_SIZE", "4",
                "MPI_LOCALNRANKS", "4")));
    }

    @Test
    void jsrunOfLsf() {
        Map<String, String> task = Map.of("LSB_JOBID", "7", "LSB_MCPU_HOSTS", "batch 1 node1 40 node2 40",
                "JSM_NAMESPACE_RANK", "6", "JSM_NAMESPACE_SIZE", "8", "JSM_NAMESPACE_LOCAL_SIZE", "4", "PMIX_RANK", "6");
        assertEquals(world("jsrun", 6, 8, 4), World.around(task));
        assertEquals(world("mpirun (Open MPI)", 6, 8, 4), World.around(and(task, "OMPI_COMM_WORLD_RANK", "6",
                "OMPI_COMM_WORLD_SIZE", "8", "OMPI_COMM_WORLD_LOCAL_SIZE", "4")));
    }

    @Test
    void palsOfCrays() {
        assertEquals(world("mpiexec (PALS)", 6, 8, 4), World.around(Map.of("PALS_RANKID", "6", "PMI_RANK", "6",
                "PMI_SIZE", "8", "PMI_LOCAL_SIZE", "4")));
    }

    private static Optional<World> world(String launcher, int rank, int size) {
        return Optional.of(new World(launcher, rank, size, OptionalInt.empty()));
    }

    private static Optional<World> world(String launcher, int rank, int size, int localRanks) {
        return Optional.of(new World(launcher, rank, size, OptionalInt.of(localRanks)));
    }

    private static Map<String, String> and(Map<String, String> base, String... more) {
        Map<String, String> all = new TreeMap<>(base);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }
}
