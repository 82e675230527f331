package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.spmd.Children;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java's own signals, beside a driver that brings a compiler. */
class HandlersTest {
    @Test
    void aDriverLeavesNoHandlerBehind() throws Exception {
        TestDevice.require();
        assertEquals("""
                handlers after finding devices: as before
                handlers after a kernel: as before
                USR1 arrived
                7 / 0 was thrown 2000 times
                a null pointer was thrown 2000 times
                """, Children.output(Children.launch(Children.java(List.of(), SignalsBesideADriver.class)).errorsApart()));
    }
}
