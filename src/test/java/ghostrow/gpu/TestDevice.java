package ghostrow.gpu;

/** The device on which tests compute: a processor that behaves like a GPU, on every machine where the tests' packages are. */
public final class TestDevice {
    /** As users name it by {@code --gpu-device}. */
    public static final String NAME = "pocl";

    private TestDevice() {
    }
}
