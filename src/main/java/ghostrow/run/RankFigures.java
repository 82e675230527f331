package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.comm.CommCall;
import ghostrow.comm.Ledger;
import ghostrow.run.Phases.Spread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Figures that every rank has of its own, by name, put together: the least, the mean, the most, and whose they are. */
final class RankFigures {
    private final Map<String, Double> mine = new LinkedHashMap<>();

    /** All ranks name the same ones in the same order. */
    RankFigures with(String name, double value) {
        mine.put(name, value);
        return this;
    }

    RankFigures with(ProcessFigures process) {
        new TreeMap<>(process.named()).forEach(mine::put);
        return this;
    }

    /** What was called from the first step to the last. */
    RankFigures with(Ledger ledger) {
        Ledger.Costs[] costs = ledger.ofTheRun();
        for (int kind = 0; kind < costs.length; kind++) {
            String name = "calls." + CommCall.of(kind).label();
            with(name + ".calls", costs[kind].calls()).with(name + ".bytes", costs[kind].bytes())
                    .with(name + ".seconds", costs[kind].seconds()).with(name + ".waiting", costs[kind].waiting());
        }
        return this;
    }

    /** Collective; the answer counts at rank 0. */
    Map<String, Spread> gather(Comm comm) {
        double[] figures = mine.values().stream().mapToDouble(Double::doubleValue).toArray();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment own = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, figures);
            MemorySegment all = arena.allocate(comm.rank() == 0 ? own.byteSize() * comm.size() : 0, Double.BYTES);
            comm.gather(own, all, 0);
            double[] ofAll = comm.rank() == 0 ? all.toArray(ValueLayout.JAVA_DOUBLE) : figures;
            Map<String, Spread> spreads = new LinkedHashMap<>();
            int at = 0;
            for (String name : mine.keySet()) {
                spreads.put(name, Phases.spread(ofAll, at++, figures.length));
            }
            return spreads;
        }
    }

    /** As a record has them: calls by their names, and only those that were made. */
    static Map<String, Object> asRecord(Map<String, Spread> spreads) {
        Map<String, Object> record = new LinkedHashMap<>();
        Map<String, Map<String, Object>> calls = new LinkedHashMap<>();
        spreads.forEach((name, spread) -> {
            String[] parts = name.split("\\.");
            if (parts.length == 1) {
                record.put(name, asRecord(spread));
            } else if (spreads.get(parts[0] + "." + parts[1] + ".calls").max() > 0) {
                calls.computeIfAbsent(parts[1], call -> new LinkedHashMap<>()).put(parts[2], asRecord(spread));
            }
        });
        record.put("calls", calls);
        return record;
    }

    static Map<String, Object> asRecord(Spread spread) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("min", number(spread.min()));
        record.put("mean", number(spread.mean()));
        record.put("max", number(spread.max()));
        record.put("minRank", spread.minRank());
        record.put("maxRank", spread.maxRank());
        return record;
    }

    /** Counts are written as such. */
    private static Object number(double value) {
        return value == Math.rint(value) && Math.abs(value) >= 1 && Math.abs(value) < 1e15 ? (Object) (long) value
                : (Object) value;
    }
}
