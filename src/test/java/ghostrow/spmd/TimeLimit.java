package ghostrow.spmd;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * No test takes longer than {@code junit-platform.properties} allows, tests made at run time included, of which JUnit's
 * own limit knows nothing. When the time is over, the threads of this JVM and of all below it are printed and the test
 * is interrupted, which ends its children; a test that does not even heed that ends the JVM.
 */
public final class TimeLimit implements InvocationInterceptor {
    static final String SECONDS = "ghostrow.test.limit.seconds";
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int TIMED_OUT = 124;

    @Override
    public void interceptBeforeAllMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
            ExtensionContext context) throws Throwable {
        limited(invocation, context);
    }

    @Override
    public void interceptAfterAllMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
            ExtensionContext context) throws Throwable {
        limited(invocation, context);
    }

    @Override
    public void interceptBeforeEachMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
            ExtensionContext context) throws Throwable {
        limited(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
            ExtensionContext context) throws Throwable {
        limited(invocation, context);
    }

    @Override
    public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
            ExtensionContext context) throws Throwable {
        limited(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
            ExtensionContext context) throws Throwable {
        limited(invocation, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(Invocation<T> invocation, ReflectiveInvocationContext<Method> method,
            ExtensionContext context) throws Throwable {
        return limited(invocation, context);
    }

    @Override
    public void interceptDynamicTest(Invocation<Void> invocation, DynamicTestInvocationContext test,
            ExtensionContext context) throws Throwable {
        limited(invocation, context);
    }

    private static <T> T limited(Invocation<T> invocation, ExtensionContext context) throws Throwable {
        long seconds = context.getConfigurationParameter(SECONDS, Long::parseLong).orElseThrow();
        return within(Duration.ofSeconds(seconds), testClass(context) + ", " + context.getDisplayName(), System.out,
                invocation);
    }

    /** A test made at run time belongs to none itself. */
    private static String testClass(ExtensionContext context) {
        return context.getTestClass().map(Class::getSimpleName)
                .orElseGet(() -> context.getParent().map(TimeLimit::testClass).orElse("?"));
    }

    /** @param threads where they are printed if the time is over */
    static <T> T within(Duration limit, String test, PrintStream threads, Invocation<T> invocation) throws Throwable {
        Watch watch = new Watch(limit, test, threads);
        try {
            return invocation.proceed();
        } catch (Throwable failure) {
            throw watch.isLate() ? new AssertionError(test + " took longer than " + limit.toMillis() / 1e3
                    + " s; its threads are printed", failure) : failure;
        } finally {
            watch.end();
        }
    }

    /** Looks at the thread that makes it. */
    private static final class Watch {
        private final CountDownLatch over = new CountDownLatch(1);
        private final Thread watched = Thread.currentThread();
        private final Thread watch;
        private volatile boolean late;

        Watch(Duration limit, String test, PrintStream threads) {
            watch = Thread.ofPlatform().daemon().name("time limit of " + test).start(() -> watch(limit, test, threads));
        }

        private void watch(Duration limit, String test, PrintStream threads) {
            try {
                if (over.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                late = true;
                ProcessHandle here = ProcessHandle.current();
                List<ProcessHandle> all = Stream.concat(Stream.of(here), here.descendants()).toList();
                threads.println("The time of " + test + " is over.");
                ThreadDumps.print(all, threads);
                watched.interrupt();
                if (!over.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    threads.println(test + " does not heed an interrupt either: this JVM ends.");
                    Runtime.getRuntime().halt(TIMED_OUT);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean isLate() {
            return late;
        }

        /** Nothing of it is left in the thread that goes on. */
        void end() {
            over.countDown();
            while (watch.isAlive()) {
                try {
                    watch.join();
                } catch (InterruptedException e) {
                    // By the watch, or by somebody who wants this thread to end, which it is about to.
                }
            }
            if (late) {
                Thread.interrupted();
            }
        }
    }
}
