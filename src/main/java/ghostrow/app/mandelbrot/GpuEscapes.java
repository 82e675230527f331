package ghostrow.app.mandelbrot;

import ghostrow.gpu.Devices;
import ghostrow.gpu.EscapeText;
import ghostrow.gpu.GpuEscape;
import ghostrow.kernel.Escape;
import ghostrow.kernel.Escapes;
import ghostrow.run.GpuOptions;
import java.util.Optional;

/**
 * A rung that counts on a device, by name: what drives devices is loaded when it is asked for more than that.
 *
 * @param gpu which device is wanted
 */
record GpuEscapes(Style style, GpuOptions gpu) implements Escapes {
    /** What keeps a large device busy. */
    private static final int POINTS = 1 << 20;

    /** How the loop is written. */
    enum Style {
        ARRAY("gpu-array", "on a GPU, all points at a time, a launch for each operation"),
        ELEMENT("gpu-element", "on a GPU, the plain loop for each point, in one launch"),
        GROUPS("gpu", "on a GPU, the loop by hand: escapes looked for once in 8 iterations");

        private final String label;
        private final String description;

        Style(String label, String description) {
            this.label = label;
            this.description = description;
        }
    }

    @Override
    public String label() {
        return style.label;
    }

    @Override
    public String description() {
        return style.description;
    }

    @Override
    public Optional<String> missing() {
        return Devices.find().missing(gpu.device());
    }

    @Override
    public Escape worker() {
        return worker(0);
    }

    @Override
    public Escape worker(int localRank) {
        return GpuEscape.open(Devices.find().of(gpu.device(), localRank), written(), gpu.copies());
    }

    @Override
    public int pointsAtOnce() {
        return POINTS;
    }

    /** As people know it. */
    String device(int localRank) {
        return Devices.find().of(gpu.device(), localRank).toString();
    }

    /** The loop itself. */
    String text() {
        return written().text();
    }

    private EscapeText written() {
        return switch (style) {
            case ARRAY -> EscapeText.ARRAY;
            case ELEMENT -> EscapeText.ELEMENT;
            case GROUPS -> EscapeText.GROUPS;
        };
    }
}
