package ghostrow.run;

import java.util.Locale;

/** What a person wants to know of a run when it is over, one line each. */
public final class Summary {
    private final StringBuilder text = new StringBuilder();

    public Summary line(String what, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-10s " + format + "%n", concat(what, values)));
        return this;
    }

    private static Object[] concat(String first, Object[] rest) {
        Object[] all = new Object[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /**
     * Where the time went; phases that took next to nothing are left out.
     *
     * @param closing seconds since the last step
     */
    public Summary times(Phases.Times times, double closing) {
        StringBuilder shares = new StringBuilder();
        times.phases().forEach((phase, seconds) -> {
            long percent = Math.round(100 * seconds / times.seconds());
            if (percent > 0) {
                shares.append(shares.isEmpty() ? ": " : ", ").append(percent).append(" % ").append(phase.label());
            }
        });
        return line("time", "%.3f s%s", times.seconds(), shares)
                .line("around", "%.3f s before the first step, %.3f s since the last", times.start(), closing);
    }

    public static String count(long n, String one) {
        return n + " " + one + (n == 1 ? "" : "s");
    }

    public void print() {
        System.out.print(text);
    }
}
