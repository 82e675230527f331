package ghostrow.gpu;

import ghostrow.kernel.Rows;
import ghostrow.kernel.Stencil;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Has a device step rows of fields that are in its memory. A call returns at once; not too many steps are under way, so
 * that whoever looks at the clock now and then sees what was really done.
 */
final class GridStencil implements Stencil {
    /** Launches between two looks at how far the device is: two such bundles are under way. */
    private static final int BUNDLE = 8;

    private final StencilWay way;
    private final StencilWay.Launch launch;
    private final List<GridTwin> twins;
    private final Queue queue;
    private int launches;
    private Queue.Mark bundle;

    GridStencil(StencilWay way, StencilWay.Launch launch, List<GridTwin> twins, Queue queue) {
        this.way = way;
        this.launch = launch;
        this.twins = twins;
        this.queue = queue;
    }

    @Override
    public int maxSteps() {
        return way.maxSteps();
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, maxSteps());
        if (first >= last) {
            return;
        }
        launch.enqueue(queue, new StencilWay.Part(buffer(from.cells()), buffer(to.cells()), from, first, last, steps));
        queue.flush();
        launches++;
        if (launches % BUNDLE == 0) {
            Queue.Mark now = queue.mark();
            if (bundle != null) {
                queue.await(bundle);
            }
            bundle = now;
        }
    }

    private Buffer buffer(MemorySegment cells) {
        return twins.stream().filter(twin -> twin.isOf(cells)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("these rows are not in the device's memory")).buffer();
    }
}
