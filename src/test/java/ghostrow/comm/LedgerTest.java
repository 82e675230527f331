package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Ledger.Costs;
import ghostrow.comm.self.SelfComm;
import ghostrow.spmd.Setting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted of a rank's calls, and what is noted down of each. */
class LedgerTest {
    private static final double NANO = 1e-9;

    private static Costs of(Ledger ledger, CommCall call) {
        return ledger.ofTheRun()[call.ordinal()];
    }

    @Test
    void whatACallTakesBeyondTheShortestOfItsSizeIsWaiting() {
        Ledger ledger = new Ledger(null);
        for (int took : new int[] {500, 250, 3000, 250, 250, 250, 250, 250}) {
            ledger.called(CommCall.RECV, 1000, 10_000, 10_000 + took);
        }
        for (int i = 0; i < 8; i++) {
            ledger.called(CommCall.RECV, 1 << 20, 10_000, 90_000);
        }
        Costs costs = of(ledger, CommCall.RECV);
        assertEquals(16, costs.calls());
        assertEquals(8000 + (8 << 20), costs.bytes());
        assertEquals((5000 + 8 * 80_000) * NANO, costs.seconds(), 1e-12);
        assertEquals(3000 * NANO, costs.waiting(), 1e-12);
    }

    @Test
    void fewCallsAndCallsThatWaitForNobodyAreNotParted() {
        Ledger ledger = new Ledger(null);
        for (int i = 0; i < 7; i++) {
            ledger.called(CommCall.RECV, 8, 0, 100 * (i + 1));
        }
        for (int i = 0; i < 100; i++) {
            ledger.called(CommCall.START, 8, 0, 100 * (i + 1));
        }
        assertEquals(0, of(ledger, CommCall.RECV).waiting());
        assertEquals(0, of(ledger, CommCall.START).waiting());
    }

    @Test
    void theRunCountsWhatLiesBetweenItsEnds() {
        Ledger ledger = new Ledger(null);
        ledger.called(CommCall.BARRIER, 0, 0, 7);
        assertEquals(1, of(ledger, CommCall.BARRIER).calls());
        ledger.beginRun(9);
        ledger.called(CommCall.BARRIER, 0, 10, 15);
        ledger.endRun(16);
        ledger.called(CommCall.BARRIER, 0, 20, 29);
        ledger.called(CommCall.BCAST, 8, 30, 31);
        assertEquals(new Costs(1, 0, 5 * NANO, 0), of(ledger, CommCall.BARRIER));
        assertEquals(0, of(ledger, CommCall.BCAST).calls());
        ledger.endRun(33);
        assertEquals(List.of(9L, 33L), List.of(ledger.firstStep(), ledger.lastStep()));
        assertEquals(2, of(ledger, CommCall.BARRIER).calls());
    }

    @Test
    void everyCallOfACommIsCountedWithItsBytes() {
        CountedComm comm = CountedComm.of(new SelfComm(), Optional.empty());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(24);
            MemorySegment in = arena.allocate(24);
            comm.sendrecv(out, 0, 1, in, 0, 1);
            comm.sendrecv(out, Comm.PROC_NULL, 1, in, Comm.PROC_NULL, 1);
            Comm.Request receive = comm.irecv(in, 0, 2);
            comm.isend(out, 0, 2).await();
            receive.await();
            try (Comm.Exchange exchange = comm.exchange(List.of(Comm.Message.from(0, in, 3),
                    Comm.Message.to(0, out, 3), Comm.Message.to(Comm.PROC_NULL, out, 4)))) {
                exchange.start();
                exchange.await();
            }
            comm.allreduce(Comm.Op.SUM, 1.0);
            comm.barrier();
            try (Comm.Counter counter = comm.counter()) {
                assertEquals(0, counter.getAndAdd(5));
                assertEquals(5, counter.getAndAdd(1));
            }
            comm.split(0, 0).bcast(out, 0);
        }
        Ledger ledger = comm.ledger().orElseThrow();
        List<String> counted = new ArrayList<>();
        for (int kind = 0; kind < CommCall.count(); kind++) {
            Costs costs = ledger.ofTheRun()[kind];
            if (costs.calls() > 0) {
                counted.add(CommCall.of(kind).label() + " " + costs.calls() + " " + costs.bytes());
            }
        }
        assertEquals(List.of("sendrecv 2 48", "isend 1 24", "irecv 1 0", "wait 2 24", "exchange start 1 24",
                "exchange await 1 24", "barrier 1 0", "bcast 1 24", "allreduce 1 8", "split 1 0", "counter 1 0",
                "counter add 2 16"), counted);
    }

    @Test
    void theLogKeepsTheLatestAndCountsAll() {
        EventLog log = new EventLog(4);
        for (int i = 0; i < 6; i++) {
            log.phase(i, 10 * i, 10 * i + 5);
        }
        assertEquals(6, log.total());
        long[] latest = new long[4];
        for (int i = 0; i < 4; i++) {
            long[] event = log.copy(2 + i, 3 + i);
            assertEquals(EventLog.PHASES + 2 + i, EventLog.kind(event[3]));
            latest[i] = event[0];
        }
        assertArrayEquals(new long[] {20, 30, 40, 50}, latest);
    }

    /** Both ends of a message get the same number, whatever else is sent, and ranks of groups their names of the world. */
    @Test
    void bothEndsOfAMessageHaveTheSameNumber() {
        Setting.MPJ.require();
        EventLog[] logs = {new EventLog(64), new EventLog(64), new EventLog(64)};
        Setting.find("mpj").run(3, bare -> {
            CountedComm comm = CountedComm.of(bare, Optional.of(logs[bare.rank()]));
            try (Arena arena = Arena.ofShared(); Comm upper = comm.split(Math.min(1, comm.rank()), 0)) {
                MemorySegment buffer = arena.allocate(8);
                if (comm.rank() == 1) {
                    comm.send(buffer, 0, 5);
                    comm.send(buffer, 2, 5);
                    comm.send(buffer, 2, 6);
                    comm.send(buffer, 2, 5);
                    upper.send(buffer, 1, 5);
                } else if (comm.rank() == 2) {
                    comm.recv(buffer, 1, 5);
                    comm.recv(buffer, 1, 6);
                    comm.recv(buffer, 1, 5);
                    upper.recv(buffer, 0, 5);
                } else {
                    comm.recv(buffer, 1, 5);
                }
            }
        });
        assertEquals(List.of("2 5 1", "2 6 1", "2 5 2"), messages(logs[1], EventLog.End.SENT, 2).subList(0, 3));
        assertEquals(messages(logs[1], EventLog.End.SENT, 2), messages(logs[2], EventLog.End.RECEIVED, 1).stream()
                .map(message -> "2" + message.substring(1)).toList());
        assertEquals(4, messages(logs[2], EventLog.End.RECEIVED, 1).size());
    }

    private static List<String> messages(EventLog log, EventLog.End end, int peer) {
        List<String> messages = new ArrayList<>();
        for (long at = 0; at < log.total(); at++) {
            long[] event = log.copy(at, at + 1);
            if (EventLog.end(event[3]) == end && EventLog.peer(event[3]) == peer) {
                messages.add(peer + " " + EventLog.tag(event[3]) + " " + event[4]);
            }
        }
        return messages;
    }
}
