package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.comm.World;
import ghostrow.data.InputException;

/** The options of what can compute on a GPU: which one, and how. */
public final class GpuOptions {
    /** Names another default for {@code --gpu-device}. */
    private static final String VARIABLE = "GHOSTROW_GPU_DEVICE";
    private static final String AUTO = "auto";

    private String device = System.getenv().getOrDefault(VARIABLE, AUTO);
    private boolean named;
    private boolean copies;

    public void declare(Options options) {
        declareDevice(options);
        options.flag("--gpu-copies", on -> copies = on,
                "Keep a copy in the device's memory also where it could work in the host's.");
    }

    /** For what looks at a device only. */
    public void declareDevice(Options options) {
        options.option("--gpu-device", "NAME", String.class, this::name,
                "Which device: a part of its name or of its driver's, or its number; 'ghostrow doctor' lists them. Default: "
                + "the ranks of a machine share its GPUs in turn (or " + VARIABLE + "). A processor is used only when "
                + "named.");
    }

    private void name(String word) {
        device = word;
        named = true;
    }

    /**
     * Refuses options that would mean nothing.
     *
     * @param used whether the run computes on a device
     * @param how  what would have it do so
     */
    public void requireUse(boolean used, String how) {
        if (!used && (named || copies)) {
            throw new InputException((named ? "--gpu-device " + device : "--gpu-copies") + ": belongs to " + how);
        }
    }

    /** What the user calls the device. */
    public String device() {
        return device;
    }

    public boolean copies() {
        return copies;
    }

    /** Which of the ranks on this machine this one is, as far as anybody says. */
    public static int localRank(Comm comm) {
        return World.localRank(System.getenv()).orElse(comm.rank());
    }
}
