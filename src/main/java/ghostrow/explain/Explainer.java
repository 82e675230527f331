package ghostrow.explain;

import ghostrow.cc.CReport;
import java.time.Duration;

/** Explains a loop to those who want to know why it is as fast as it is. */
public final class Explainer {
    private final Page page;

    public Explainer(Page page) {
        this.page = page;
    }

    /** What it is called, what it does, and the idea of the class that does it. */
    public void idea(String name, String description, Class<?> type) {
        page.text(name + ": " + description);
        Source.of(type).flatMap(source -> source.idea(type.getSimpleName())).ifPresent(idea -> {
            page.blank();
            page.text(idea);
        });
    }

    /** A text that has been written elsewhere. */
    public void text(String heading, String text) {
        page.heading(heading);
        page.text(text);
    }

    /**
     * A loop in Java: its source and what each line costs, its bytecode, and what the JVM made of it.
     *
     * @param worker the class whose public methods lead to it
     * @param loops  has the worker do a little
     * @param time   how long to do so again and again, for the JVM to compile it
     */
    public void java(Class<?> worker, Runnable loops, Duration time) {
        // First of all: which methods are worth showing is known by what the JVM has found worth compiling.
        Compilations compilations = Compilations.during(loops, time);
        JavaLoop loop = new JavaLoop(page, new Reach(worker), worker.getClassLoader(), compilations);
        page.heading("1  The loop, and what each line costs in bytecode");
        loop.source();
        page.heading("2  The bytecode of the innermost loop");
        loop.bytecode();
        page.heading("3  What the JVM's compilers made of it while it ran for " + time.toMillis() / 1000.0 + " s");
        loop.compiled();
    }

    /** A loop in C, with what its compiler says of it. */
    public void c(CReport report) {
        page.heading("1  The loop in C, and what the compiler says of each line");
        page.text(report.compiler() + ", called with " + report.options());
        page.blank();
        for (CReport.Line line : report.lines()) {
            page.costed(Cost.NOTHING, String.format("%4d  ", line.number()), line.text());
            line.remarks().forEach(remark -> page.text("      > ", remark));
        }
        page.heading("2  Its bytecode, and 3  what the JVM made of it");
        page.text("There is none: this loop never was Java. The JVM calls the compiler's machine code through "
                + "java.lang.foreign and knows no more of it than its address.");
    }
}
