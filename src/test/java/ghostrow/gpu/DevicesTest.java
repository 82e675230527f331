package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.gpu.DeviceInfo.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of the devices of a machine a rank gets, and why it gets none. */
class DevicesTest {
    private static final long ALL_RULES = 0xbf;
    private static final DeviceInfo CPU = device(0, "EPYC", "PoCL", Kind.CPU, ALL_RULES);
    private static final DeviceInfo FIRST = device(1, "H100", "NVIDIA CUDA", Kind.GPU, ALL_RULES);
    private static final DeviceInfo SECOND = device(2, "H100", "NVIDIA CUDA", Kind.GPU, ALL_RULES);
    private static final DeviceInfo SINGLE = device(3, "Arc", "Intel", Kind.GPU, 0);
    private static final DeviceInfo FLUSHING = device(4, "Old", "Vendor", Kind.ACCELERATOR, ALL_RULES & ~1);

    private static DeviceInfo device(int number, String name, String platform, Kind kind, long exactness) {
        return new DeviceInfo(number, number, platform, "OpenCL 3.0 " + platform, name, "1.0", kind, 4, 1 << 30, 1 << 28, 1 << 15, 256, false,
                exactness);
    }

    private static Devices of(DeviceInfo... devices) {
        return new Devices(List.of(devices), null);
    }

    @Test
    void ranksOfAMachineTakeItsGpusInTurn() {
        Devices devices = of(CPU, FIRST, SECOND, SINGLE, FLUSHING);
        assertEquals(Optional.empty(), devices.missing(Devices.AUTO));
        assertEquals(List.of(FIRST, SECOND, FIRST), List.of(devices.of(Devices.AUTO, 0), devices.of(Devices.AUTO, 1),
                devices.of(Devices.AUTO, 2)));
    }

    @Test
    void aProcessorIsUsedWhenNamed() {
        Devices devices = of(CPU);
        assertTrue(devices.missing(Devices.AUTO).orElseThrow().startsWith("a GPU, and OpenCL finds only EPYC (OpenCL 3.0 PoCL)"));
        for (String name : List.of("pocl", "epyc", "0")) {
            assertEquals(Optional.empty(), devices.missing(name));
            assertEquals(CPU, devices.of(name, 5));
        }
    }

    @Test
    void aNumberOrAPartOfTheNameChooses() {
        Devices devices = of(CPU, FIRST, SECOND);
        assertEquals(SECOND, devices.of("2", 0));
        assertEquals(List.of(FIRST, SECOND), List.of(devices.of("h100", 0), devices.of("nvidia", 1)));
        assertEquals("the device 'radeon', and OpenCL finds only EPYC (OpenCL 3.0 PoCL), H100 (OpenCL 3.0 NVIDIA CUDA)",
                devices.missing("radeon").orElseThrow());
    }

    @Test
    void whatPromisesNoBitsIsRefused() {
        assertEquals("an exact device, and of Arc (OpenCL 3.0 Intel) is known: it has no double precision",
                of(CPU, SINGLE).missing(Devices.AUTO).orElseThrow());
        assertEquals("an exact device, and of Old (OpenCL 3.0 Vendor) is known: its doubles lack denormals, infinities or rounding to "
                + "nearest", of(CPU, FLUSHING).missing("old").orElseThrow());
        assertEquals(FIRST, of(SINGLE, FLUSHING, FIRST).of(Devices.AUTO, 1));
    }
}
