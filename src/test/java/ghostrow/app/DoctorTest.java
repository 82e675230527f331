package ghostrow.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.gpu.TestDevice;
import ghostrow.gpu.TestLibraries;
import ghostrow.run.Program;
import ghostrow.spmd.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of the devices that compute beside the processor. */
class DoctorTest {
    @BeforeAll
    static void needsTheBuild() {
        Needs.build();
    }

    private static String said(Map<String, String> environment) throws Exception {
        Program.Outcome doctor = Program.run(environment, "doctor");
        assertEquals(0, doctor.code(), doctor.toString());
        String devices = doctor.out().substring(doctor.out().indexOf("\nself "));
        assertTrue(devices.lines().allMatch(line -> line.length() <= 80), devices);
        return devices.replaceAll("\\s+", " ");
    }

    @Test
    void aProcessorIsExactAndUsedWhenNamed(@TempDir Path folder) throws Exception {
        TestDevice.require();
        Path cache = Files.createDirectory(folder.resolve("a 'cache' für $alle; %s"));
        String said = said(Map.of("POCL_CACHE_DIR", cache.toString()));
        assertTrue(said.contains(" device 0 ready "), said);
        assertTrue(said.contains(" exact; used only when named: --gpu-device 0 "), said);
        assertTrue(said.contains(" export HWLOC_COMPONENTS=-opencl before it "), said);
    }

    @Test
    void aGpuIsUsedWhereNoneIsNamed() throws Exception {
        String said = said(Map.of(TestLibraries.VARIABLE, TestLibraries.oclgrind()));
        assertTrue(said.contains(" device 0 ready Oclgrind Simulator GPU, "), said);
        assertTrue(said.contains(" exact; used where none is named "), said);
    }

    @Test
    void whereThereIsNoneItSaysWhyAndWhatToInstall() throws Exception {
        String said = said(Map.of(TestLibraries.VARIABLE, "/nonexistent"));
        assertTrue(said.contains(" GPU missing GHOSTROW_OPENCL_LIBRARY is /nonexistent, which cannot be loaded"), said);
        assertTrue(said.contains(" ocl-icd-libopencl1, pocl-opencl-icd, --gpu-device pocl "), said);
    }

    @Test
    void aDeviceWhoseCompilerFailsIsRefusedInWords() throws Exception {
        String said = said(Map.of(TestLibraries.VARIABLE, TestLibraries.oclgrind(), "OCLGRIND_BUILD_OPTIONS",
                "-no-such-option"));
        assertTrue(said.contains(" device 0 refused Oclgrind Simulator "), said);
        assertTrue(said.contains(" not used: a program cannot be compiled for it: "), said);
        assertTrue(said.contains("unknown argument: '-no-such-option'"), said);
    }

    /** With this option PoCL's compiler fuses, whatever the program says. */
    @Test
    void aDeviceThatFusesIsRefused() throws Exception {
        TestDevice.require();
        String said = said(Map.of("POCL_EXTRA_BUILD_FLAGS", "-cl-fast-relaxed-math"));
        assertTrue(said.contains(" device 0 refused "), said);
        assertTrue(said.contains(" not used: it fuses multiplications with additions although it is told not to"), said);
    }

    @Test
    void aDriverThatCannotStartIsNoDevice(@TempDir Path folder) throws Exception {
        TestDevice.require();
        Path file = Files.createFile(folder.resolve("file"));
        String said = said(Map.of("POCL_CACHE_DIR", file.resolve("below").toString()));
        assertTrue(said.contains(" GPU missing "), said);
    }
}
