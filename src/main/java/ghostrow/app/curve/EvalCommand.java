package ghostrow.app.curve;

import ghostrow.data.ArrayPath;
import ghostrow.data.InputException;
import ghostrow.formula.Compiled;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** {@code ghostrow eval}: from words to an {@link Eval} on every rank. */
public final class EvalCommand implements App {
    private String text;
    private List<String> arrays = List.of();
    private List<String> parameters = List.of();
    private String to;
    private boolean force;
    private int threads = 1;
    private boolean explain;
    private final DeviceOptions device = new DeviceOptions();
    private final SpmdOptions spmd = new SpmdOptions();
    private final RecordOptions record = new RecordOptions();

    private final List<String> words;

    public EvalCommand(List<String> words) {
        this.words = words;
    }

    @Override
    public void declare(Options options) {
        options.about("A formula over arrays in HDF5 files, a block at a time.");
        options.footer(
                "Example: ghostrow eval 'a**2 + s*b' a=in.h5:/a b=in.h5:/b --set s=2 --to out.h5:/c");
        options.takes("FORMULA", String.class, value -> text = value,
                "What to compute. With sum(...) around all of it, or product, min, max, mean, count (of what is not "
                + "0), any or all, it is one number.");
        options.takesMore("NAME=FILE:/PATH", values -> arrays = values,
                "The arrays that the formula names.");
        options.repeatable("--set", "NAME=VALUE", values -> parameters = values,
                "A number that it names; repeatable.");
        options.option("--to", "FILE:/PATH", String.class, value -> to = value,
                "Where an array goes; one number is printed.");
        options.flag("--force", on -> force = on, "Replace a file that is there already.");
        options.option("--threads", "N", Integer.class, value -> threads = value,
                "Threads a rank (default 1).");
        options.flag("--explain", on -> explain = on,
                "Show what the formula is compiled to, and compute nothing.");
        device.declare(options);
        spmd.declare(options);
        record.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        if (threads < 1) {
            throw new InputException("--threads " + threads + ": at least 1 is needed");
        }
        if (record.wantsDigest()) {
            throw new InputException("--digest: eval has none; compare the files it writes");
        }
        Operands operands = new Operands(arrays, parameters);
        if (explain) {
            System.out.print(explanation(operands));
            return 0;
        }
        Job job = Job.of(spmd, words);
        Eval eval = new Eval(job, text, operands, threads, device, record, "ghostrow " + String.join(" ", words));
        job.checkEverywhere(() -> {
            Compiled compiled = operands.compile(text);
            eval.computes(compiled, result(compiled));
            device.check(compiled);
        });
        job.checkOnce(() -> {
            record.check();
            if (eval.result() != null) {
                checkPlace(eval.result(), operands);
            }
        });
        job.run(eval::run);
        return 0;
    }

    private String explanation(Operands operands) throws IOException {
        Compiled compiled = operands.compile(text);
        try (Operands.Open open = operands.open()) {
            return device.explain(compiled, new Blocks(compiled, open.arrays()).apart());
        }
    }

    /** Where the array goes; null if the formula makes a single number. */
    private ArrayPath result(Compiled compiled) {
        if (Eval.makesNumber(compiled)) {
            if (to != null) {
                throw new InputException("--to " + to + ": the formula makes a single number, which is printed");
            }
            return null;
        }
        if (to == null) {
            throw new InputException("the formula makes an array of shape " + compiled.shape()
                    + "; say where it goes with --to FILE:/PATH, or make it one number, as by sum(...)");
        }
        return ArrayPath.of(to);
    }

    private void checkPlace(ArrayPath result, Operands operands) throws IOException {
        if (!Files.exists(result.file())) {
            return;
        }
        if (operands.liesIn(result.file())) {
            throw new InputException("--to " + to + ": is read as well; choose another file");
        }
        if (!force) {
            throw new InputException(result.file() + ": exists already; --force replaces it");
        }
    }
}
