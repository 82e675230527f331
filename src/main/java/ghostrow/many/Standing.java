package ghostrow.many;

import ghostrow.run.ProgressLine;

/**
 * How far a job is.
 *
 * @param share of the time that all of this start takes, as far as that can be told
 * @param left  seconds until it is over; NaN where nothing tells yet
 */
record Standing(int items, int done, int failed, int running, double share, double left) {

    static Standing of(Account account, Depot.Start start) {
        double measured = 0;
        double cost = 0;
        for (Entry entry : account.endedIn(start.number())) {
            measured += entry.seconds();
            cost += start.costs()[entry.item()];
        }
        double all = start.cost();
        int running = 0;
        for (int item = 0; item < account.items(); item++) {
            Entry entry = account.of(item).orElse(null);
            running += entry != null && entry.state() == State.running && entry.start() == start.number() ? 1 : 0;
        }
        double left = cost == 0 ? Double.NaN : Math.max(0, all - cost) * measured / cost / start.workers();
        return new Standing(account.items(), account.count(State.done), account.count(State.failed), running,
                all == 0 ? 1 : Math.min(1, cost / all), left);
    }

    String inWords(String noun) {
        return done + failed + " of " + items + " " + noun + "s" + (failed > 0 ? ", " + failed + " failed" : "")
                + (running > 0 ? ", " + running + " running" : "")
                + (Double.isNaN(left) ? "" : ", " + ProgressLine.duration(left) + " left");
    }
}
