package ghostrow.data;

/**
 * What follows from the parameters by the published arithmetic, in double and in this very order: the grid,
 * the time step, and which steps report.
 */
public record DiffusionPlan(int nrows, double dx, double dt, long nsteps, long nper) {
    public static DiffusionPlan of(DiffusionParameters p) {
        int nrows = (int) ((p.x2() - p.x1()) / p.dx());
        double dx = (p.x2() - p.x1()) / nrows;
        double dt = 0.25 * (dx * dx) / p.d();
        long nsteps = (long) (p.runtime() / dt);
        long nper = Math.max(1, (long) (p.outtime() / dt));
        return new DiffusionPlan(nrows, dx, dt, nsteps, nper);
    }

    /** How often the run reports, time 0 included. */
    public long reports() {
        return 1 + nsteps / nper;
    }

    /**
     * The times of the reports. Time is what the step loop has added up, one dt after the other: not step *
     * dt, which rounds differently.
     */
    public double[] reportTimes() {
        if (reports() > 1 << 24) {
            throw new InputException("outtime makes " + reports() + " reports; at most " + (1 << 24)
                    + " can be kept: choose a larger outtime");
        }
        double[] times = new double[(int) reports()];
        double time = 0;
        for (int report = 1; report < times.length; report++) {
            for (long step = 0; step < nper; step++) {
                time += dt;
            }
            times[report] = time;
        }
        return times;
    }
}
