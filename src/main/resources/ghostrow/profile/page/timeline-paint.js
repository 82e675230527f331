// How the timeline looks: axis, lanes, messages, waits, and the names of the ranks.

const MOST_ARROWS = 300;
const MOST_LATE = 120;
const CALLS = ['wait', 'pair', 'all'];
const LATE = [['▼', 'late sender'], ['◆', 'late receiver'], ['■', 'last at a collective call']];

/** All of it; gives how many messages and waits are in view but too many to be drawn. */
function paintTimeline(g, t) {
  g.font = SMALL_FONT;
  paintAxis(g, t);
  const labels = paintLanes(g, t);
  g.save();
  g.beginPath();
  g.rect(GUTTER, 0, t.inner(), AXIS + ranks * t.row + 4);
  g.clip();
  g.textAlign = 'left';
  g.fillStyle = colour('box-ink');
  for (const {text, x, y} of labels) g.fillText(text, x, y);
  const unseen = {messages: paintArrows(g, t), waits: paintLate(g, t)};
  g.restore();
  paintRanks(g, t);
  return unseen;
}

function paintAxis(g, t) {
  const {places, step} = ticks(t.begin * t.unit, t.end * t.unit, t.inner() / 120);
  g.textAlign = 'center';
  for (const place of places) {
    const x = Math.round(t.xOf(place / t.unit)) + 0.5;
    g.fillStyle = colour('line');
    g.fillRect(x - 0.5, AXIS - 5, 1, ranks * t.row + 5);
    g.fillStyle = colour('soft');
    if (x > GUTTER + 22 && x < t.wide - 26) g.fillText(t.stamp(place / t.unit, step / t.unit), x, 10);
  }
  if (t.begin > t.from || t.end < t.to) {
    // Where the part that shows lies in the whole.
    g.fillStyle = colour('grid');
    g.fillRect(GUTTER, 0, t.inner(), 2);
    g.fillStyle = colour('accent');
    const perUnit = t.inner() / (t.to - t.from);
    g.fillRect(GUTTER + (t.begin - t.from) * perUnit, 0, Math.max(3, (t.end - t.begin) * perUnit), 2);
  }
}

/** The lanes themselves; gives the names that fit on entries, to be written over all lanes. */
function paintLanes(g, t) {
  const scale = g.getTransform().a;
  const columns = Math.max(1, Math.floor(t.inner() * scale));
  const labels = [];
  for (const rank of everyRank) {
    const put = (lane, y, tall, categories, nameOf, add) => {
      const pixels = Math.max(1, Math.round(tall * scale));
      const image = laneImage(g, lane, [t.begin, t.end], columns, pixels, categories.map(pixel), (cover, i) => {
        const [a, b] = [lane.start[i], lane.start[i] + lane.length[i]];
        add(cover, i, a, b);
        if (tall >= 12) label(g, t, labels, nameOf(i), a, b, y + tall / 2 + 0.5);
      });
      g.putImageData(image, Math.round(GUTTER * scale), Math.round(y * scale));
      separate(g, lane, [t.begin, t.end], time => t.xOf(time), y, tall);
    };
    const [phases, calls, y] = [t.phases[rank], t.calls[rank], t.topOf(rank)];
    put(phases, y, t.size.phases, t.kindColours, i => t.recorded.kinds[phases.kind[i]], (cover, i, a, b) =>
      cover(phases.kind[i], a, b));
    put(calls, y + t.size.phases + 1, t.size.calls, CALLS, i => callName(t, calls, i), (cover, i, a, b) => {
      const waited = Math.min(b, a + calls.waited[i]);
      cover(0, a, waited);
      cover(t.together[calls.kind[i]] ? 2 : 1, waited, b);
    });
  }
  return labels;
}

const widths = new Map();

/** An entry's name, if it or its beginning fits. */
function label(g, t, labels, text, a, b, y) {
  const x = Math.max(t.xOf(a), GUTTER);
  const room = Math.min(t.xOf(b), t.wide) - x - 8;
  if (room < 14 || !text) return;
  if (!widths.has(text)) widths.set(text, g.measureText(text).width);
  const fits = widths.get(text) <= room ? text
    : room > 44 ? text.slice(0, Math.floor(room / widths.get(text) * text.length) - 1) + '…' : '';
  if (fits) labels.push({text: fits, x: x + 4, y});
}

/** Names, lines between hosts, and a veil over all but the picked rank. */
function paintRanks(g, t) {
  const every = Math.ceil(13 / t.row);
  for (const rank of everyRank) {
    const y = t.topOf(rank);
    if (rank > 0 && hostOf(rank) !== hostOf(rank - 1)) {
      g.fillStyle = colour('soft');
      g.fillRect(0, Math.round(y - t.size.gap / 2 - 1), t.wide, 1);
    }
    const middle = y + (t.size.phases + t.size.calls) / 2;
    g.textAlign = 'right';
    g.fillStyle = colour(rank === state.rank ? 'accent' : 'ink');
    const twoLines = ranks <= 8 && hostOf(rank) !== '';
    if (rank % every === 0) g.fillText(ranks <= 20 ? 'rank ' + rank : rank, GUTTER - 10, middle - (twoLines ? 6 : 0));
    g.fillStyle = colour('soft');
    if (twoLines) g.fillText(fittedTail(hostOf(rank), 8), GUTTER - 10, middle + 7);
    if (t.phases[rank].start.length + t.calls[rank].start.length === 0 && t.row > 12) {
      g.textAlign = 'left';
      g.fillText('nothing recorded', GUTTER + 6, y + t.size.phases / 2 + 0.5);
    }
    if (state.rank >= 0 && rank !== state.rank) {
      g.globalAlpha = 0.65;
      g.fillStyle = colour('paper');
      g.fillRect(0, y, t.wide, t.row - t.size.gap / 2);
      g.globalAlpha = 1;
    }
  }
}

/** Messages in view as arrows, or how many they are if they are too many. */
function paintArrows(g, t) {
  const shown = [];
  for (let i = firstAt(t.arrows, 1, t.begin - t.longestArrow); i < t.arrows.length && t.arrows[i][1] < t.end; i++) {
    if (t.arrows[i][3] > t.begin) shown.push(t.arrows[i]);
  }
  if (shown.length > MOST_ARROWS) return shown.length;
  const middle = rank => t.topOf(rank) + t.size.phases + 1 + t.size.calls / 2;
  g.strokeStyle = g.fillStyle = colour('ink');
  g.lineWidth = 1;
  g.globalAlpha = shown.length > 80 ? 0.4 : 0.7;
  for (const [sender, sent, receiver, received] of shown) {
    const [x0, y0, x1, y1] = [t.xOf(sent), middle(sender), t.xOf(received), middle(receiver)];
    const slope = Math.atan2(y1 - y0, x1 - x0);
    g.beginPath();
    g.moveTo(x0, y0);
    g.lineTo(x1, y1);
    g.stroke();
    g.beginPath();
    g.moveTo(x1, y1);
    g.lineTo(x1 - 7 * Math.cos(slope - 0.35), y1 - 7 * Math.sin(slope - 0.35));
    g.lineTo(x1 - 7 * Math.cos(slope + 0.35), y1 - 7 * Math.sin(slope + 0.35));
    g.fill();
  }
  g.globalAlpha = 1;
  return 0;
}

/** A mark where a wait ends, joined with whom it was for; or how many they are if they are too many. */
function paintLate(g, t) {
  const shown = lateInView(t);
  if (shown.length > MOST_LATE) return shown.length;
  g.textAlign = 'center';
  g.fillStyle = g.strokeStyle = colour('mark');
  g.font = '8px system-ui, "DejaVu Sans", sans-serif';
  for (const [waiting, by, at, length, kind] of shown) {
    const x = t.xOf(at + length);
    const y = t.topOf(waiting) + t.size.phases + 1 + t.size.calls + t.size.marks / 2;
    if (t.size.marks > 0) g.fillText(LATE[kind]?.[0] ?? '▼', x, y);
    else g.fillRect(x - 1, t.topOf(waiting) + t.size.phases, 2, t.size.calls + 2);
    g.lineWidth = 1;
    g.setLineDash([3, 3]);
    g.beginPath();
    g.moveTo(Math.round(x) + 0.5, y - t.size.marks / 2);
    g.lineTo(Math.round(x) + 0.5, t.topOf(by) + t.size.phases + t.size.calls / 2);
    g.stroke();
    g.setLineDash([]);
  }
  return 0;
}
