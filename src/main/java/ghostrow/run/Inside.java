package ghostrow.run;

import ghostrow.comm.Comm;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What surrounds a run that is one of many inside a job, in processes that are there already.
 *
 * @param job     the job around it
 * @param comm    those of the job's ranks that live it
 * @param signals those of the job
 * @param folders whether the job sees to it that nobody else writes where this run does
 * @param results told, on the first of its ranks, what its record says; the record is left out if nobody asks
 */
public record Inside(Job job, Comm comm, StopSignals signals, boolean folders,
        Optional<Consumer<Map<String, Object>>> results) {
}
