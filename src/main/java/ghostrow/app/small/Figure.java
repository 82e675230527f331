package ghostrow.app.small;

import ghostrow.comm.Comm;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long messages of one length take, in one pattern. */
record Figure(String pattern, long bytes, double microseconds) {

    /** By rank 0, as a line that programs read too. */
    Figure told(Comm comm) {
        if (comm.rank() == 0) {
            System.out.printf(Locale.ROOT, "%s %d %.4f%n", pattern, bytes, microseconds);
        }
        return this;
    }

    Map<String, Object> asRecord() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("pattern", pattern);
        row.put("bytes", bytes);
        row.put("microseconds", microseconds);
        return row;
    }
}
