package ghostrow.app.mandelbrot;

import ghostrow.kernel.Escapes;

/**
 * Who counts on a rank.
 *
 * @param beside the rung of the threads that count beside the one that drives a device; null where all count by
 *               {@code rung}
 */
record Crew(Escapes rung, Escapes beside, int threads) {

    boolean isMixed() {
        return beside != null;
    }

    int size() {
        return isMixed() ? threads + 1 : threads;
    }

    /** The first drives the device, if there is one. */
    Escapes rungOf(int member) {
        return isMixed() && member > 0 ? beside : rung;
    }
}
