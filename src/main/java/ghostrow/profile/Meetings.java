package ghostrow.profile;

import ghostrow.comm.Comm;
import ghostrow.comm.CommCall;
import ghostrow.comm.EventLog;
import ghostrow.comm.EventLog.End;
import ghostrow.trace.RankTrace;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.HashMap;

/**
 * Who met whom: puts the two ends of each message together, and all ranks of each collective call, and says who came late.
 *
 * <pre>
 *   rank 1   ====step====| await .................. |           waits
 *                                                ^
 *   rank 2   ====step=======================| send |            late sender: rank 1 waited from its await to this send
 * </pre>
 */
final class Meetings {
    private final Map<Integer, RankTrace> traces = new HashMap<>();
    private final Map<Integer, LongMap> sends = new HashMap<>();
    private final Map<Integer, LongMap> posts = new HashMap<>();
    /** Of each collective call the latest arrival, and whose it was. */
    private final LongMap latest = new LongMap();
    private final LongMap last = new LongMap();

    /** Why a rank waits. */
    enum Cause { LATE_SENDER, LATE_RECEIVER, LAST_TO_ARRIVE }

    /** @param rank it waits; @param late for this one; @param at nanoseconds */
    record Late(int rank, int late, long at, long nanos, Cause cause) {
    }

    record Message(int from, long sentAt, int to, long arrivedAt, long bytes) {
    }

    Meetings(List<RankTrace> all) {
        for (RankTrace trace : all) {
            traces.put(trace.rank(), trace);
            index(trace);
        }
    }

    private void index(RankTrace trace) {
        LongMap sent = new LongMap();
        LongMap posted = new LongMap();
        for (long event = trace.firstEvent(); event < trace.lastEvent(); event++) {
            long about = trace.about(event);
            End end = EventLog.end(about);
            if (EventLog.kind(about) >= EventLog.PHASES) {
                continue;
            }
            if (end == End.NONE) {
                if (CommCall.of(EventLog.kind(about)).isCollective()) {
                    long key = trace.numbered(event);
                    if (trace.began(event) > latest.get(key, Long.MIN_VALUE)) {
                        latest.put(key, trace.began(event));
                        last.put(key, trace.rank());
                    }
                }
            } else if (EventLog.peer(about) != Comm.PROC_NULL) {
                long key = key(EventLog.peer(about), EventLog.tag(about), trace.numbered(event));
                if (end.isSend()) {
                    sent.put(key, trace.began(event));
                }
                if (end.isPost()) {
                    posted.put(key, trace.began(event));
                }
            }
        }
        sends.put(trace.rank(), sent);
        posts.put(trace.rank(), posted);
    }

    private static long key(int peer, int tag, long numbered) {
        long key = (numbered * 0x9E3779B97F4A7C15L ^ ((long) peer << 16 | tag)) * 0xD6E8FEB86659FD93L;
        return key ^ key >>> 32;
    }

    /** Tells of all waits and messages of a rank, in the order of its events. */
    void of(RankTrace trace, Consumer<Late> lates, Consumer<Message> messages) {
        int rank = trace.rank();
        Late longest = null;
        long callBegan = Long.MIN_VALUE;
        for (long event = trace.firstEvent(); event < trace.lastEvent(); event++) {
            long about = trace.about(event);
            if (EventLog.kind(about) >= EventLog.PHASES) {
                continue;
            }
            long began = trace.began(event);
            // An exchange has an event for each message; the one that came last is what it waited for.
            if (began != callBegan) {
                tell(longest, lates);
                longest = null;
                callBegan = began;
            }
            Late late = late(trace, event, rank, began, messages);
            longest = late != null && (longest == null || late.nanos > longest.nanos) ? late : longest;
        }
        tell(longest, lates);
    }

    private static void tell(Late late, Consumer<Late> lates) {
        if (late != null) {
            lates.accept(late);
        }
    }

    private Late late(RankTrace trace, long event, int rank, long began, Consumer<Message> messages) {
        long about = trace.about(event);
        End end = EventLog.end(about);
        CommCall call = CommCall.of(EventLog.kind(about));
        long ended = trace.ended(event);
        if (end == End.NONE) {
            return call.isCollective() ? lastToArrive(trace, event, call, rank, began, ended) : null;
        }
        int peer = EventLog.peer(about);
        if (peer == Comm.PROC_NULL || !traces.containsKey(peer)) {
            return null;
        }
        long key = key(rank, EventLog.tag(about), trace.numbered(event));
        if (end.isArrival()) {
            long sent = sends.get(peer).get(key, Long.MIN_VALUE);
            if (sent == Long.MIN_VALUE) {
                return null;
            }
            messages.accept(new Message(peer, sent, rank, ended, trace.bytes(event)));
            return late(rank, peer, began, Math.min(sent, ended), Cause.LATE_SENDER);
        }
        if (call == CommCall.SEND || end == End.LEFT) {
            long posted = posts.get(peer).get(key, Long.MIN_VALUE);
            // A send that was over before had no need of its receiver.
            return posted == Long.MIN_VALUE || posted > ended ? null
                    : late(rank, peer, began, posted, Cause.LATE_RECEIVER);
        }
        return null;
    }

    private Late lastToArrive(RankTrace trace, long event, CommCall call, int rank, long began, long ended) {
        long key = trace.numbered(event);
        int root = EventLog.peer(trace.about(event));
        int late = (int) last.get(key, rank);
        // A root waits for all, but who sends to it need not; of a broadcast all but the root wait for it.
        boolean waits = root == Comm.PROC_NULL || root == rank || call == CommCall.BCAST;
        if (late == rank || !waits || call == CommCall.BCAST && late != root) {
            return null;
        }
        return late(rank, late, began, Math.min(latest.get(key, began), ended), Cause.LAST_TO_ARRIVE);
    }

    private static Late late(int rank, int late, long began, long until, Cause cause) {
        return until > began && rank != late ? new Late(rank, late, began, until - began, cause) : null;
    }
}
