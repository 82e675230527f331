// 2 ranks: what is broadcast is read before the wait
import java.util.Arrays;

void rank(Comm comm, String... words) {
    double[] weights = new double[3];
    Comm.Request coming = comm.ibcast(weights, 0); // here
    double sum = comm.rank() == 0 ? 0 : Arrays.stream(weights).sum(); // here
    coming.await();
    IO.print(sum > 5 ? "?" : "");
}
