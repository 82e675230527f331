package ghostrow.app.diffusion;

import ghostrow.grid.Field;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.kernel.Rows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** By how much two fields differ where they differ most. */
final class Change {
    private Change() {
    }

    static double largest(Team team, Field one, Field other) {
        double[] most = new double[team.threads()];
        Rows here = one.rows();
        Rows there = other.rows();
        team.run(thread -> {
            Strip mine = Strip.of(one.count(), team.threads(), thread);
            most[thread] = largest(here, there, 1 + mine.offset(), mine.count());
        });
        double largest = 0;
        for (double part : most) {
            largest = Math.max(largest, part);
        }
        return largest;
    }

    private static double largest(Rows one, Rows other, long first, long count) {
        MemorySegment a = one.cells();
        MemorySegment b = other.cells();
        double largest = 0;
        for (long row = first; row < first + count; row++) {
            long inA = one.index(row, 0);
            long inB = other.index(row, 0);
            for (long column = 1; column <= one.columns(); column++) {
                largest = Math.max(largest, Math.abs(a.getAtIndex(ValueLayout.JAVA_DOUBLE, inA + column)
                        - b.getAtIndex(ValueLayout.JAVA_DOUBLE, inB + column)));
            }
        }
        return largest;
    }
}
