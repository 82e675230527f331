package ghostrow.gpu;

import ghostrow.formula.DeviceText;
import ghostrow.kernel.Rule;

/**
 * By a formula in the field {@code p}, whose first row is the one above the first that is stepped, and whose first column
 * is the boundary.
 */
public record StencilFormula(DeviceText text) implements StencilWay {
    @Override
    public int maxSteps() {
        return 1;
    }

    @Override
    public Launch launch(Device device, Program program, Rule rule) {
        Program own = device.build(text.source());
        return new FormulaLaunch(own, new ElementKernel(own, text));
    }

    private record FormulaLaunch(Program program, ElementKernel kernel) implements Launch {
        @Override
        public void enqueue(Queue queue, Part part) {
            long stride = part.layout().stride();
            kernel.memory("p", new Cells(part.from(), part.at() - stride - 1, stride))
                    .run(queue, new Cells(part.to(), part.at(), stride), 0, part.rows(), part.layout().columns());
        }

        @Override
        public void close() {
            kernel.close();
            program.close();
        }
    }
}
