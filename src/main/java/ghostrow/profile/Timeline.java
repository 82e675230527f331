package ghostrow.profile;

import ghostrow.comm.Comm;
import ghostrow.comm.EventLog;
import ghostrow.profile.Meetings.Late;
import ghostrow.profile.Meetings.Message;
import ghostrow.trace.RankTrace;
import java.util.ArrayList;
import java.util.List;

/** The part of the events that a chart can hold: those from some moment on, the same for all ranks. */
final class Timeline {
    private final Profile profile;
    private final long from;
    private final long to;

    /** One of a rank: a phase, or a call. */
    record Span(int rank, boolean phase, int kind, long began, long ended, int peer, long bytes) {
    }

    /** @param most events in all */
    Timeline(Profile profile, long most) {
        this.profile = profile;
        long begin = profile.from();
        long each = Math.max(1, most / profile.traces().size());
        for (RankTrace trace : profile.traces()) {
            long first = Math.max(trace.firstEvent(), trace.lastEvent() - each);
            // The first that is there has others before it, unless none was dropped.
            if (first > 0 && first < trace.lastEvent()) {
                begin = Math.max(begin, trace.began(first));
            }
        }
        this.from = begin;
        this.to = profile.traces().stream().mapToLong(RankTrace::to).max().orElse(begin);
    }

    long from() {
        return from;
    }

    long to() {
        return Math.max(from, to);
    }

    /** Whether it shows the run from its first step on. */
    boolean isWhole() {
        return from == profile.from();
    }

    /** Phases and calls of a rank in the order in which they ended; of a call's messages the first alone. */
    List<Span> spans(RankTrace trace) {
        List<Span> spans = new ArrayList<>();
        Span last = null;
        for (long event = trace.firstEvent(); event < trace.lastEvent(); event++) {
            long began = trace.began(event);
            long ended = trace.ended(event);
            if (ended < from || began > to) {
                continue;
            }
            long about = trace.about(event);
            boolean phase = EventLog.kind(about) >= EventLog.PHASES;
            int kind = EventLog.kind(about) - (phase ? EventLog.PHASES : 0);
            int peer = phase ? Comm.PROC_NULL : EventLog.peer(about);
            if (last != null && !phase && !last.phase && last.kind == kind && last.began == began) {
                Span both = new Span(trace.rank(), false, kind, began, ended, last.peer == Comm.PROC_NULL ? peer
                        : last.peer, last.bytes + trace.bytes(event));
                spans.set(spans.size() - 1, both);
                last = both;
            } else {
                last = new Span(trace.rank(), phase, kind, began, ended, peer, trace.bytes(event));
                spans.add(last);
            }
        }
        return spans;
    }

    List<Late> lates(RankTrace trace) {
        List<Late> lates = new ArrayList<>();
        profile.meetings().of(trace, late -> {
            if (late.at() + late.nanos() >= from && late.at() <= to) {
                lates.add(late);
            }
        }, _ -> { });
        return lates;
    }

    List<Message> messages(RankTrace trace) {
        List<Message> messages = new ArrayList<>();
        profile.meetings().of(trace, _ -> { }, message -> {
            if (message.sentAt() >= from && message.arrivedAt() <= to) {
                messages.add(message);
            }
        });
        return messages;
    }
}
