package ghostrow.data;

import ghostrow.study.Launch;
import java.nio.file.Path;
import java.util.Arrays;

/** A process that writes its rows of every snapshot, and commits each one if it is told to. */
final class SnapshotWriter {
    private SnapshotWriter() {
    }

    public static void main(String[] arguments) throws Exception {
        Path path = Path.of(arguments[0]);
        Layout layout = Layout.of(Arrays.stream(arguments[1].split(",")).mapToLong(Long::parseLong)
                .toArray());
        long first = Long.parseLong(arguments[2]);
        long count = Long.parseLong(arguments[3]);
        boolean commits = Boolean.parseBoolean(arguments[4]);
        try (SnapshotFile file = SnapshotFile.open(path, layout)) {
            for (long k = 0; k < layout.snapshots(); k++) {
                Fields.write(file, k, first, count, layout.columns());
                file.force();
                if (commits) {
                    file.commit(k + 1);
                    System.out.println(k + 1);
                }
            }
        }
    }

    static Launch launch(Path path, Layout layout, long first, long count, boolean commits) {
        String words = Arrays.toString(layout.words()).replaceAll("[\\[\\] ]", "");
        return Tools.java(SnapshotWriter.class, path.toString(), words, Long.toString(first),
                Long.toString(count),
                Boolean.toString(commits));
    }
}
