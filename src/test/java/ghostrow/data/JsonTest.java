package ghostrow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void recordsReadBackEqualAndInTheirOrder() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("app", "diffusion");
        record.put("ranks", 3L);
        record.put("sum", 8056.974865175267);
        record.put("whole", 1e20);
        record.put("ok", true);
        record.put("none", null);
        record.put("hosts", List.of("a", "b\n\"\\\u0001\u00e9\uD83D\uDE00"));
        record.put("phases", Map.of("exchange", 0.25));
        record.put("empty", List.of(List.of(), Map.of()));
        String text = Json.write(record);
        assertEquals(record, Json.read(text));
        assertEquals(text, Json.write(Json.read(text)));
        assertEquals("{\"app\":\"diffusion\",\"ranks\":3,\"sum\":8056.974865175267,\"whole\":1.0E20",
                text.substring(0, text.indexOf(",\"ok\"")));
    }

    @Test
    void doublesReadBackToTheSameBitsHereAndInPython() throws Exception {
        Random random = new Random(1);
        double[] doubles = random.longs(3000).mapToDouble(Double::longBitsToDouble).filter(Double::isFinite)
                .toArray();
        doubles[0] = -0.0;
        doubles[1] = Double.MIN_VALUE;
        doubles[2] = 3;
        String text = Json.write(doubles);
        Object[] read = ((List<?>) Json.read(text)).toArray();
        long[] bits = Arrays.stream(doubles).mapToLong(Double::doubleToRawLongBits).toArray();
        for (int i = 0; i < bits.length; i++) {
            assertEquals(bits[i], Double.doubleToRawLongBits((Double) read[i]));
        }
        String python = Tools.run(List.of("python3", "-c",
                "import json, struct, sys; print([struct.unpack('q',"
                + "struct.pack('d', x))[0] for x in json.loads(sys.argv[1])])", text));
        assertEquals(Arrays.toString(bits), python);
    }

    @Test
    void whatJsonHasNoWordsForIsAString() {
        assertEquals("[\"NaN\",\"Infinity\",\"-Infinity\"]",
                Json.write(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)));
        assertEquals("\"\\ud800\"", Json.write("\uD800"));
        assertThrows(IllegalArgumentException.class, () -> Json.write(new Object()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "[1 2]", "{\"a\"}", "{a:1}", "\"x", "\"\\q\"", "\"\\u12g4\"",
            "tru", "1.2.3",
        "--1", "[1]x", "NaN"})
    void textThatIsNoJsonIsRefused(String text) {
        assertThrows(InputException.class, () -> Json.read(text));
    }

    @Test
    void noDepthOverflowsTheStack() {
        assertThrows(InputException.class, () -> Json.read("[".repeat(1_000_000)));
    }
}
