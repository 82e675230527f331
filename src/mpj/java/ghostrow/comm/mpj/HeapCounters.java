package ghostrow.comm.mpj;

import ghostrow.comm.Comm;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counters of ranks that share a heap. */
record HeapCounters(ConcurrentMap<String, AtomicLong> numbers) implements Counters {

    @Override
    public Comm.Counter named(String name, Comm group) {
        AtomicLong number = numbers.computeIfAbsent(name, _ -> new AtomicLong());
        group.barrier(); // or the first rank could be done with it before the last one has looked it up
        return new Comm.Counter() {
            @Override
            public long getAndAdd(long amount) {
                return number.getAndAdd(amount);
            }

            @Override
            public void close() {
                numbers.remove(name);
            }
        };
    }
}
