package ghostrow.app.mandelbrot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ghostrow.grid.Deal;
import ghostrow.grid.PieceSource;
import ghostrow.comm.Mpirun;
import ghostrow.comm.self.SelfComm;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A rank that cannot go on while rows are dealt by a shared counter ends the job, though others still take rows. */
class MandelbrotFaultTest {
    @TempDir
    Path folder;

    /**
     * Ranks count as on several machines, through their library, and rank 1 is in a folder of its own, where the file
     * that rank 0 has made is not.
     */
    @TestFactory
    Stream<DynamicTest> aRankThatDoesNotFindTheFileEndsTheJob() {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH)
                .map(setting -> dynamicTest(setting.toString(), () -> {
                    setting.require();
                    Needs.build();
                    Mpirun mpirun = Mpirun.find(setting.library().orElseThrow()).orElseThrow();
                    // Not two programs with a colon between them: Open MPI 5.0's mpirun crashes at that.
                    List<String> command = mpirun.command(2, List.of("sh", "-c",
                            "[ ${OMPI_COMM_WORLD_RANK:-$PMI_RANK} = 0 ] || { mkdir other; cd other; }; exec \"$@\"", "sh",
                            Path.of("ghostrow").toAbsolutePath().toString(), "mandelbrot", "1000", "1000",
                            "--threads", "2", "--out", "here"));
                    Launch launch = Children.launch(command).in(Files.createTempDirectory(folder, "run"));
                    mpirun.prepare(launch.environment());
                    launch.environment().put("GHOSTROW_JAVA_OPTS", "-Dghostrow.machineCounter=false");
                    Ended ended = Children.end(launch);
                    assertNotEquals(0, ended.code());
                    assertTrue(ended.out().contains("ghostrow: rank 1: ") && ended.out().contains("mandelbrot.vtkhdf"),
                            ended.out());
                }));
    }

    /** On one rank with three threads, of which one fails. */
    @Test
    void threadsTakeNoMoreOnceOneHasFailed() {
        for (Deal.Schedule schedule : Deal.Schedule.values()) {
            try (PieceSource pieces = new PieceSource(new SelfComm(), Deal.of(schedule, null, 100, 3), null, 3)) {
                assertTrue(pieces.take(1) >= 0, schedule.name());
                pieces.stop();
                for (int thread = 0; thread < 3; thread++) {
                    assertEquals(-1, pieces.take(thread), schedule.name());
                }
            }
        }
    }
}
