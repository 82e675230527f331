package ghostrow.gpu;

import ghostrow.comm.CFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import sun.misc.Signal;

/** Says whether all that the JVM does by signals still works once a device has computed something. */
final class SignalsBesideADriver {
    private static final int SIGNALS = 31;
    /** struct sigaction: the handler, the signals kept from it, of which the system knows 64, and flags. */
    private static final int HANDLER_BYTES = 152;
    private static final int MASK = 8;
    private static final int FLAGS = 136;
    /** Set by the C library with any handler. */
    private static final int RESTORER = 0x04000000;
    private static final int TIMES = 2000;
    private static final String SOURCE = """
            kernel void one(global double *to) {
                to[get_global_id(0)] = 1;
            }
            """;

    private SignalsBesideADriver() {
    }

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        Signal.handle(new Signal("USR1"), signal -> arrived.countDown());
        // Java sees to its children's ends when the environment is first asked for.
        System.getenv();
        List<List<Long>> before = handlers();

        DeviceInfo info = Devices.find().of(TestDevice.NAME, 0);
        compare("finding devices", before);
        try (Device device = Device.open(info); Program program = device.build(SOURCE); Kernel one = program.kernel("one");
                Buffer buffer = device.buffer(64 * Double.BYTES); Queue queue = device.queue()) {
            queue.run(one.with(0, buffer), 64, 8);
            queue.finish();
            compare("a kernel", before);
            Signal.raise(new Signal("USR1"));
            System.out.println("USR1 " + (arrived.await(10, TimeUnit.SECONDS) ? "arrived" : "is lost"));
            System.out.println("7 / 0 was thrown " + thrown(ArithmeticException.class, () -> 7 / zero()) + " times");
            // By its own handler, where it still has it, and giving back all others.
            System.out.println("a null pointer was thrown " + thrown(NullPointerException.class, () -> nothing().length)
                    + " times");
        }
    }

    private static int zero() {
        return Integer.getInteger("ghostrow.none", 0);
    }

    private static int[] nothing() {
        return zero() == 0 ? null : new int[1];
    }

    private static int thrown(Class<? extends RuntimeException> expected, IntSupplier doing) {
        int count = 0;
        for (int i = 0; i < TIMES; i++) {
            try {
                doing.getAsInt();
            } catch (RuntimeException e) {
                count += expected.isInstance(e) ? 1 : 0;
            }
        }
        return count;
    }

    private static void compare(String what, List<List<Long>> before) {
        List<List<Long>> now = handlers();
        StringBuilder others = new StringBuilder();
        for (int i = 0; i < SIGNALS; i++) {
            others.append(before.get(i).equals(now.get(i)) ? "" : " " + (i + 1));
        }
        System.out.println("handlers after " + what + ": " + (others.isEmpty() ? "as before" : "others for" + others));
    }

    private static List<List<Long>> handlers() {
        MethodHandle sigaction = CFunction.link(Linker.nativeLinker().defaultLookup().findOrThrow("sigaction"));
        List<List<Long>> handlers = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handler = arena.allocate(HANDLER_BYTES, Long.BYTES);
            for (int signal = 1; signal <= SIGNALS; signal++) {
                CFunction.call(sigaction, signal, 0, handler.address(), 0, 0, 0, 0, 0);
                handlers.add(List.of(handler.get(ValueLayout.JAVA_LONG, 0), handler.get(ValueLayout.JAVA_LONG, MASK),
                        (long) handler.get(ValueLayout.JAVA_INT, FLAGS) & ~RESTORER));
            }
        }
        return handlers;
    }
}
