package ghostrow.app.mandelbrot;

import ghostrow.kernel.EscapeRung;
import ghostrow.kernel.Escapes;
import java.util.ArrayList;
import java.util.List;

/** All ways to count, in the order of the ladder: those that are numerics alone, and two that know more. */
public final class EscapeRungs {
    private EscapeRungs() {
    }

    public static List<Escapes> all() {
        List<Escapes> all = new ArrayList<>(List.of(EscapeRung.values()));
        all.addAll(all.indexOf(EscapeRung.VECTOR), List.of(new FormulaEscapes(), new CEscapes()));
        return List.copyOf(all);
    }
}
