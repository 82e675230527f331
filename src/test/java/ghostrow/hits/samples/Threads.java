package ghostrow.hits.samples;

import java.util.ArrayList;
import java.util.List;

/** Threads that count at the same time. */
final class Threads {
    private Threads() {
    }

    static int run(List<String> words) throws InterruptedException {
        int each = Integer.parseInt(words.getFirst());
        List<Thread> threads = new ArrayList<>();
        ThreadGroup group = new ThreadGroup("rank 1");
        for (int i = 0; i < 4; i++) {
            int turns = each + i;
            threads.add(new Thread(group, () -> work(turns), "worker " + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return work(each);
    }

    private static int work(int turns) {
        int sum = 0;
        for (int i = 0; i < turns; i++) {
            sum = step(sum);
        }
        return sum;
    }

    private static int step(int sum) {
        return sum * 31 + 1;
    }
}
