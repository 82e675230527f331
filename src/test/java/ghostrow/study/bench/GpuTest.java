package ghostrow.study.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.gpu.TestDevice;
import ghostrow.spmd.Needs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuTest {
    private static final Path HOME = Path.of("").toAbsolutePath();

    @Test
    void aRunTellsWhatTheDeviceAllows(@TempDir Path scratch) throws Exception {
        Needs.build();
        TestDevice.require();
        Gpu gpu = Gpu.of(HOME, scratch);
        assertEquals("", gpu.missing());
        assertTrue(!gpu.device().isEmpty() && gpu.copy() > 0 && gpu.add() > 0, gpu.toString());
    }

    @Test
    void whatIsComputedOnAGpuIsHeldToTheProcessor(@TempDir Path scratch) throws Exception {
        List<Case> cases = Case.onGpu(true, scratch);
        assertEquals(List.of("diffusion-gpu", "stencil-1000-gpu", "jacobi-1000-gpu", "mandelbrot-1000-gpu"),
                cases.stream().map(Case::name).toList());
        for (Case work : cases) {
            List<Contender> ours = work.oursOnGpu(HOME, 2);
            assertTrue(!ours.getFirst().command().contains("gpu"), ours.toString());
            assertTrue(String.join(" ", ours.getLast().command()).contains(" --kernel gpu "), ours.toString());
        }
        assertEquals(List.of("OpenCL by pyopencl", "Numba CUDA", "CuPy", "CUDA by CuPy"), new Peers(HOME, scratch)
                .contenders(cases.getFirst(), 1).stream().map(Contender::name).toList());
    }
}
