package ghostrow.gpu;

import ghostrow.spmd.Needs;

/** The device on which tests compute: a processor that behaves like a GPU, on every machine where the tests' packages are. */
public final class TestDevice {
    /** As users name it by {@code --gpu-device}. */
    public static final String NAME = "pocl";

    private TestDevice() {
    }

    /** Skips the test that asks, with the reason; on CI, where all has been set up, this fails it instead. */
    public static void require() {
        Devices.find().missing(NAME).ifPresent(lack -> Needs.software(false, "needs " + lack));
    }
}
