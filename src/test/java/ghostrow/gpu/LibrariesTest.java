package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same by a loader, by a driver alone, and what is said where there is neither. */
class LibrariesTest {
    private static final String ALL_RIGHT = """
            described: right
            group: right
            by two queues: right
            by parts: right
            build log: right
            """;

    private static String said(Map<String, String> environment, Class<?> main, String argument) throws Exception {
        return Children.output(Children.launch(Children.java(List.of("--add-modules=jdk.incubator.vector"), main, argument))
                .errorsApart().with(environment));
    }

    private static String computed(Map<String, String> environment, String device) throws Exception {
        return said(environment, EveryFunction.class, device);
    }

    @Test
    void byTheLoader() throws Exception {
        TestDevice.require();
        assertEquals(ALL_RIGHT, computed(Map.of(), TestDevice.NAME));
    }

    @Test
    void byADriverAlone() throws Exception {
        assertEquals(ALL_RIGHT, computed(Map.of(TestLibraries.VARIABLE, TestLibraries.poclsDriver()), TestDevice.NAME));
        assertEquals(ALL_RIGHT, computed(Map.of(TestLibraries.VARIABLE, TestLibraries.oclgrindsDriver()), "oclgrind"));
    }

    @Test
    void everyFunctionHasItsPlaceInADriversTable() throws Exception {
        String driver = TestLibraries.oclgrindsDriver();
        assertEquals(DispatchTable.names().size() + " compared\n", said(Map.of(TestLibraries.VARIABLE, driver),
                EveryPlace.class, driver));
    }

    @Test
    void aLibraryThatIsNoneIsNamed() throws Exception {
        assertEquals("missing: a device, and GHOSTROW_OPENCL_LIBRARY is /nonexistent, which cannot be loaded as a library of "
                + "OpenCL 1.2\n", computed(Map.of(TestLibraries.VARIABLE, "/nonexistent"), "auto"));
        assertTrue(computed(Map.of(TestLibraries.VARIABLE, "libm.so.6"), "auto").startsWith("missing: a device, and "
                + "GHOSTROW_OPENCL_LIBRARY is libm.so.6, which "));
    }

    @Test
    void aLoaderWithoutDriversSaysSo(@TempDir Path empty) throws Exception {
        TestDevice.require();
        String said = computed(Map.of("OCL_ICD_VENDORS", empty.toString()), TestDevice.NAME);
        assertTrue(said.matches("missing: a device, and libOpenCL.so\\S* finds no device: no driver is installed "
                + "\\(error -1001\\)\n"), said);
    }

    /** A wish that nothing answers to is shown what there is. */
    @Test
    void aDeviceThatIsNotThereIsNotReplacedByAnother() throws Exception {
        TestDevice.require();
        assertTrue(computed(Map.of(), "No Such GPU").startsWith("missing: the device 'No Such GPU', and OpenCL finds only "));
    }
}
