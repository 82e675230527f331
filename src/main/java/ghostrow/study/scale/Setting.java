package ghostrow.study.scale;

/** How many work at once: ranks, and threads in each. */
record Setting(int ranks, int threads) {

    int workers() {
        return Math.multiplyExact(ranks, threads);
    }

    @Override
    public String toString() {
        return ranks + " x " + threads;
    }
}
