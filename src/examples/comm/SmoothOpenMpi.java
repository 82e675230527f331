import java.nio.DoubleBuffer;
import java.util.Arrays;
import mpi.*;

class SmoothOpenMpi {
    public static void main(String[] words) throws MPIException {
        MPI.Init(words);
        CartComm ring = MPI.COMM_WORLD.createCart(new int[] {MPI.COMM_WORLD.getSize()}, new boolean[] {true}, false);
        int left = ring.shift(0, 1).getRankSource(), right = ring.shift(0, 1).getRankDest(), n = 12 / ring.getSize();
        double[] all = new double[12], mine = new double[1], sum = new double[1];
        Arrays.setAll(all, i -> 8 * i * i);
        DoubleBuffer a = MPI.newDoubleBuffer(n + 2), b = MPI.newDoubleBuffer(n + 2);
        ring.scatter(all, n, MPI.DOUBLE, MPI.slice(a, 1), n, MPI.DOUBLE, 0);

        ring.sendRecv(MPI.slice(a, 1), 1, MPI.DOUBLE, left, 0, MPI.slice(a, n + 1), 1, MPI.DOUBLE, right, 0);
        ring.sendRecv(MPI.slice(a, n), 1, MPI.DOUBLE, right, 1, a, 1, MPI.DOUBLE, left, 1);
        for (int i = 1; i <= n; i++) b.put(i, (a.get(i - 1) + 2 * a.get(i) + a.get(i + 1)) / 4);

        Request.waitAll(new Request[] {
            ring.iRecv(b, 1, MPI.DOUBLE, left, 1), ring.iRecv(MPI.slice(b, n + 1), 1, MPI.DOUBLE, right, 0),
            ring.iSend(MPI.slice(b, 1), 1, MPI.DOUBLE, left, 0), ring.iSend(MPI.slice(b, n), 1, MPI.DOUBLE, right, 1)});
        for (int i = 1; i <= n; i++) {
            a.put(i, (b.get(i - 1) + 2 * b.get(i) + b.get(i + 1)) / 4);
            mine[0] += a.get(i);
        }

        ring.reduce(mine, sum, 1, MPI.DOUBLE, MPI.SUM, 0);
        ring.gather(MPI.slice(a, 1), n, MPI.DOUBLE, all, n, MPI.DOUBLE, 0);
        if (ring.getRank() == 0) System.out.println("sum " + sum[0] + " of " + Arrays.toString(all));
        MPI.Finalize();
    }
}
