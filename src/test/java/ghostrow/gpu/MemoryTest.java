package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A device whose memory is too small. */
class MemoryTest {
    private static final long GIB = 1L << 30;

    @Test
    void saysWhatIsNeededAndWhatThereIs() throws Exception {
        TestDevice.require();
        List<String> said = Children.output(Children.launch(Children.java(List.of(), FullMemory.class)).errorsApart()
                .with(Map.of("POCL_MEMORY_LIMIT", "1"))).lines().toList();
        assertEquals(3, said.size(), said.toString());
        String[] sizes = said.getFirst().split(" ");
        assertEquals(GIB, Long.parseLong(sizes[0]));
        long largest = Long.parseLong(sizes[1]);
        assertTrue(largest < GIB, "largest buffer " + largest);
        assertTrue(said.get(1).contains((GIB + 1) + " bytes (1.0 GiB) of its memory are needed and " + GIB
                + " (1.0 GiB) are all it has, " + largest + " in one piece: "), said.get(1));
        assertTrue(said.get(2).contains((largest + 1) + " bytes") && said.get(2).contains(" and " + GIB + " (1.0 GiB)")
                && said.get(2).contains("the device takes no buffer so large (error -61); use more devices"), said.get(2));
    }
}
