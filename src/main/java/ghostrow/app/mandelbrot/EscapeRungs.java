package ghostrow.app.mandelbrot;

import ghostrow.kernel.EscapeRung;
import ghostrow.kernel.Escapes;
import ghostrow.run.GpuOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All ways to count, in the order of the ladder: those that are numerics alone, and those that know more. */
public final class EscapeRungs {
    private EscapeRungs() {
    }

    /** With the device that everybody gets who names none. */
    public static List<Escapes> all() {
        return all(new GpuOptions());
    }

    /** @param gpu which device those count on that need one */
    static List<Escapes> all(GpuOptions gpu) {
        List<Escapes> all = new ArrayList<>(List.of(EscapeRung.values()));
        all.addAll(all.indexOf(EscapeRung.VECTOR), List.of(new FormulaEscapes(), new CEscapes()));
        Stream.of(GpuEscapes.Style.values()).forEach(style -> all.add(new GpuEscapes(style, gpu)));
        return List.copyOf(all);
    }
}
