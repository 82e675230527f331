package ghostrow.gpu;

import ghostrow.kernel.Rows;
import ghostrow.kernel.Rule;

/** A way to step rows on a device. All give the same bits. */
public sealed interface StencilWay permits StencilKernel, StencilFormula {

    /** The most steps of a launch. */
    int maxSteps();

    /** @param program of the rule's {@link StencilSource} */
    Launch launch(Device device, Program program, Rule rule);

    /** Rows that are to be stepped, in two buffers of the same layout. */
    record Part(Buffer from, Buffer to, Rows layout, long first, long last, int steps) {
        /** The number of the first cell. */
        long at() {
            return layout.index(first, 1);
        }

        long rows() {
            return last - first;
        }
    }

    /** Puts into a queue what steps rows. */
    interface Launch extends AutoCloseable {
        void enqueue(Queue queue, Part part);

        @Override
        void close();
    }
}
