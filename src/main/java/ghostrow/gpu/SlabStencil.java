package ghostrow.gpu;

import ghostrow.kernel.Rows;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Stencil;
import java.util.function.Supplier;

/**
 * Has a device step rows that are in the host's memory before and after: they go there and come back each time, which
 * takes far longer than the step. The device is opened when the first rows are stepped, and stays open.
 */
public final class SlabStencil implements Stencil {
    private final Supplier<DeviceInfo> which;
    private final Rule rule;
    private final StencilWay way;
    private Device device;
    private Queue queue;
    private StencilWay.Launch launch;

    public SlabStencil(Supplier<DeviceInfo> which, Rule rule, StencilWay way) {
        this.which = which;
        this.rule = rule;
        this.way = way;
    }

    @Override
    public int maxSteps() {
        return way.maxSteps();
    }

    @Override
    public int bestSteps(long rows, long columns) {
        return way.maxSteps();
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, maxSteps());
        if (first >= last) {
            return;
        }
        from.require(first - 1, last + 1);
        to.require(first, last);
        open();
        try (Buffer source = device.buffer(from.cells().byteSize()); Buffer target = device.buffer(to.cells().byteSize())) {
            queue.write(source, 0, from.cells());
            queue.write(target, 0, to.cells());
            launch.enqueue(queue, new StencilWay.Part(source, target, from, first, last, steps));
            queue.read(target, 0, to.cells());
            queue.finish();
        }
    }

    private void open() {
        if (launch == null) {
            device = Device.open(which.get());
            queue = device.queue();
            launch = way.launch(device, device.build(StencilSource.of(rule)), rule);
        }
    }
}
