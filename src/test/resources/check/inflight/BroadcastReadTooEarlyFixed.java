// 2 ranks: the same, as it should be
import java.util.Arrays;

void rank(Comm comm, String... words) {
    double[] weights = new double[3];
    Comm.Request coming = comm.ibcast(weights, 0);
    coming.await();
    double sum = comm.rank() == 0 ? 0 : Arrays.stream(weights).sum();
    IO.print(sum > 5 ? "?" : "");
}
