package ghostrow.app.diffusion;

import ghostrow.data.Tools;
import java.nio.file.Path;

/** Looks into snapshot files with h5py, which knows nothing of this program. */
final class OtherReader {
    private static final String COUNT = """
            import h5py, sys
            with h5py.File(sys.argv[1], "r") as file:
                steps = int(file["VTKHDF/Steps"].attrs["NSteps"])
                for k in range(steps):
                    assert file["VTKHDF/PointData/density"][k].max() > 0, k
                print(steps)
            """;

    private OtherReader() {
    }

    /** How many complete snapshots it sees, all of them read and none of them empty. */
    static int completeSnapshots(Path file) throws Exception {
        return Integer.parseInt(Tools.h5py(COUNT, file.toString()));
    }
}
