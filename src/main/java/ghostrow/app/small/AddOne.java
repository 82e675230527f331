package ghostrow.app.small;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** Ways to add 1 to a number in shared memory, each to one of its own. All of them take a moment for it. */
enum AddOne {
    UNSAFE {
        @Override
        void to(MemorySegment numbers, long pauseNanos) {
            readPauseWrite(numbers, pauseNanos);
        }
    },
    LOCK {
        @Override
        void to(MemorySegment numbers, long pauseNanos) {
            while (!VALUE.compareAndSet(numbers, HELD, 0L, 1L)) {
                Thread.yield();
            }
            readPauseWrite(numbers, pauseNanos);
            VALUE.setRelease(numbers, HELD, 0L);
        }
    },
    ATOMIC {
        @Override
        void to(MemorySegment numbers, long pauseNanos) {
            LockSupport.parkNanos(pauseNanos);
            VALUE.getAndAdd(numbers, ordinal() * (long) Long.BYTES, 1L);
        }
    };

    private static final VarHandle VALUE = ValueLayout.JAVA_LONG.varHandle();
    /** Behind the three numbers: 1 while somebody has the lock. */
    private static final long HELD = 3 * Long.BYTES;

    /** What three numbers and the lock take. */
    static final long BYTES = HELD + Long.BYTES;

    abstract void to(MemorySegment numbers, long pauseNanos);

    /** What somebody else writes in between is lost. */
    void readPauseWrite(MemorySegment numbers, long pauseNanos) {
        long seen = numbers.getAtIndex(ValueLayout.JAVA_LONG, ordinal());
        LockSupport.parkNanos(pauseNanos);
        numbers.setAtIndex(ValueLayout.JAVA_LONG, ordinal(), seen + 1);
    }
}
