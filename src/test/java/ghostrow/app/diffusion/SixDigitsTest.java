package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SixDigitsTest {
    private static String exact(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }

    @Test
    void publishedTimesArePrintedAsPublished() {
        assertEquals("0", SixDigits.of(0));
        assertEquals("0.5", SixDigits.of(0.5));
        assertEquals("14.9998", SixDigits.of(14.99976));
        assertEquals("1", SixDigits.of(0.9999999));
        assertEquals("123456", SixDigits.of(123456.4));
        assertEquals("0.000123457", SixDigits.of(0.0001234567));
    }

    @Test
    void allKindsOfNumbersAreRoundedFromTheirExactValues() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            double value = switch (i % 3) {
                case 0 -> random.nextDouble() * 100;
                case 1 -> Math.pow(10, random.nextInt(14) - 6);
                default -> (random.nextInt(1_000_000) + 0.5) * Math.pow(10, random.nextInt(14) - 10);
            };
            for (double near : new double[] {Math.nextDown(value), value, Math.nextUp(value)}) {
                assertEquals(exact(near), SixDigits.of(near), () -> Double.toString(near));
            }
        }
    }
}
