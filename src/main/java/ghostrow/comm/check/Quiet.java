package ghostrow.comm.check;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/** What a program prints in one order, it need not print in all others. */
final class Quiet {
    private Quiet() {
    }

    static <T> T in(Supplier<T> deed) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            return deed.get();
        } finally {
            System.setOut(out);
        }
    }
}
