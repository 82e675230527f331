package ghostrow.comm.check;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Watches over a rank's memory that messages travel from or to. */
public final class Guard {
    private final Rank rank;
    private final List<Flight> flights = new ArrayList<>();

    Guard(Rank rank) {
        this.rank = rank;
    }

    void open(Flight flight) {
        flights.add(flight);
    }

    void close(Flight flight) {
        flights.remove(flight);
    }

    /** A call of the library's is about to read memory, or to write to it. */
    void use(MemorySegment memory, boolean writes, Place place) {
        for (Flight flight : flights) {
            if (flight.forbids(writes) && flight.memory().asOverlappingSlice(memory).isPresent()) {
                flight.touched(writes, place);
            }
        }
    }

    /** A message has come, of so many bytes. */
    void received(MemorySegment memory, long bytes, Place place) {
    }
}
