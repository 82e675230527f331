package ghostrow.study.scale;

import ghostrow.study.Row;

/** How many work at once: ranks, and threads in each. */
record Setting(int ranks, int threads) {

    static Setting of(Row row) {
        return new Setting((int) row.number("ranks"), (int) row.number("threads"));
    }

    int workers() {
        return Math.multiplyExact(ranks, threads);
    }

    @Override
    public String toString() {
        return ranks + " x " + threads;
    }
}
