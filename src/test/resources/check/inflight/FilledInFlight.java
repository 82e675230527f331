// 2 ranks: an array is filled anew while it is sent
import java.util.Arrays;

void rank(Comm comm, String... words) {
    float[] unused = new float[1];
    int[] row = {1, 2, 3};
    if (comm.rank() == 0) {
        Comm.Request going = comm.isend(row, 1, 0); // here
        Arrays.fill(row, 0); // here
        going.await();
    } else {
        comm.recv(row, 0, 0);
    }
}
