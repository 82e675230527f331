import java.util.Arrays;
import mpi.*;

public class SmoothMpj {
    public static void main(String[] words) {
        MPI.Init(words);
        Cartcomm ring = MPI.COMM_WORLD.Create_cart(new int[] {MPI.COMM_WORLD.Size()}, new boolean[] {true}, false);
        int left = ring.Shift(0, 1).rank_source, right = ring.Shift(0, 1).rank_dest, n = 12 / ring.Size();
        double[] all = new double[12], a = new double[n + 2], b = new double[n + 2];
        Arrays.setAll(all, i -> 8 * i * i);
        ring.Scatter(all, 0, n, MPI.DOUBLE, b, 0, n, MPI.DOUBLE, 0); // it would take no offset but 0 here
        System.arraycopy(b, 0, a, 1, n);

        ring.Sendrecv(a, 1, 1, MPI.DOUBLE, left, 0, a, n + 1, 1, MPI.DOUBLE, right, 0);
        ring.Sendrecv(a, n, 1, MPI.DOUBLE, right, 1, a, 0, 1, MPI.DOUBLE, left, 1);
        for (int i = 1; i <= n; i++) b[i] = (a[i - 1] + 2 * a[i] + a[i + 1]) / 4;

        Request.Waitall(new Request[] {
            ring.Irecv(b, 0, 1, MPI.DOUBLE, left, 1), ring.Irecv(b, n + 1, 1, MPI.DOUBLE, right, 0),
            ring.Isend(b, 1, 1, MPI.DOUBLE, left, 0), ring.Isend(b, n, 1, MPI.DOUBLE, right, 1)});
        double[] mine = {0}, sum = {0};
        for (int i = 1; i <= n; i++) mine[0] += a[i] = (b[i - 1] + 2 * b[i] + b[i + 1]) / 4;

        ring.Reduce(mine, 0, sum, 0, 1, MPI.DOUBLE, MPI.SUM, 0);
        ring.Gather(a, 1, n, MPI.DOUBLE, all, 0, n, MPI.DOUBLE, 0);
        if (ring.Rank() == 0) System.out.println("sum " + sum[0] + " of " + Arrays.toString(all));
        MPI.Finalize();
    }
}
