// What the timeline shows, where on its canvas, and what lies under the pointer. Times are in units of
// data.timeline.unit, counted from the first step. Arrows are [sender, sent, receiver, received, bytes], waits
// [waiting, whom for, since, length, kind].

const GUTTER = 62;
const AXIS = 24;
const COLLECTIVE = /^i?(all|barrier|bcast|broadcast|reduce|gather|scatter|scan|exscan)/i;

/** Lanes and rows as columns of numbers, the part of the run that shows, and the way between times and pixels. */
function timelineData(recorded) {
  const {unit, from, to} = recorded;
  const arrows = rowsOf(recorded.arrows, 5, from, [1, 3], 1);
  const late = rowsOf(recorded.late, 5, from, [2], 2);
  const size = sizes();
  return {
    recorded, unit, from, to, arrows, late, size,
    phases: everyRank.map(rank => decoded(recorded.phases[rank], 3, from)),
    calls: everyRank.map(rank => decoded(recorded.calls?.[rank], 6, from)),
    longestArrow: arrows.reduce((most, arrow) => Math.max(most, arrow[3] - arrow[1]), 0),
    longestWait: late.reduce((most, wait) => Math.max(most, wait[3]), 0),
    kindColours: phaseColours(recorded.kinds ?? []),
    together: (recorded.callKinds ?? []).map(name => COLLECTIVE.test(name)),
    begin: from, end: to, wide: GUTTER + 1,
    row: size.phases + size.calls + size.marks + size.gap,
    topOf(rank) { return AXIS + rank * this.row + this.size.gap / 2; },
    inner() { return this.wide - GUTTER; },
    xOf(time) { return GUTTER + (time - this.begin) / (this.end - this.begin) * this.inner(); },
    timeAt(x) { return this.begin + (x - GUTTER) / this.inner() * (this.end - this.begin); },
    isWhole() { return this.begin === this.from && this.end === this.to; },

    /** A time, with the digits that tell it from one `apart` later. */
    stamp(time, apart) {
      const largest = Math.max(Math.abs(this.begin), Math.abs(this.end)) * this.unit;
      const [factor, name] = TIMES.find(([f]) => largest >= f) ?? TIMES[3];
      const places = Math.min(9, Math.max(0, Math.ceil(-Math.log10(apart * this.unit / factor) - 0.001)));
      return (time * this.unit / factor).toFixed(places).replace(/^-(0(\.0+)?)$/, '$1') + NBSP + name;
    }
  };
}

/** Of each rank's part of the canvas, in pixels: the more ranks, the less. */
function sizes() {
  if (ranks <= 4) return {phases: 26, calls: 16, marks: 10, gap: 10};
  if (ranks <= 8) return {phases: 18, calls: 12, marks: 9, gap: 8};
  if (ranks <= 20) return {phases: 12, calls: 9, marks: 7, gap: 4};
  return ranks <= 40 ? {phases: 7, calls: 5, marks: 0, gap: 3} : {phases: 5, calls: 3, marks: 0, gap: 2};
}

/** The waits in view. */
function lateInView(t) {
  const shown = [];
  for (let i = firstAt(t.late, 2, t.begin - t.longestWait); i < t.late.length && t.late[i][2] < t.end; i++) {
    if (t.late[i][2] + t.late[i][3] > t.begin) shown.push(t.late[i]);
  }
  return shown;
}

function callName(t, lane, i) {
  const name = t.recorded.callKinds[lane.kind[i]] ?? 'call';
  return lane.peer[i] >= 0 ? `${name}, rank ${lane.peer[i]}` : name;
}

/** Which lane lies at a height. */
function laneAt(t, y) {
  const rank = Math.floor((y - AXIS) / t.row);
  if (rank < 0 || rank >= ranks) return null;
  const inside = y - t.topOf(rank);
  const isCall = inside >= t.size.phases + 0.5;
  return {rank, isCall, lane: isCall ? t.calls[rank] : t.phases[rank],
    isMark: inside > t.size.phases + 1 + t.size.calls};
}

/** The entries under the pointer, from first to before last, or null. */
function entryAt(t, x, y) {
  const where = laneAt(t, y);
  if (!where || x < GUTTER) return null;
  const [a, b] = [t.timeAt(x - 0.5), t.timeAt(x + 0.5)];
  const {lane} = where;
  const first = firstEndingAfter(lane, a);
  let last = first;
  while (last < lane.start.length && lane.start[last] < b) last++;
  return last === first && !where.isMark ? null : {...where, first, last, a, b};
}

/** What the tooltip says; of many entries in one pixel their shares. */
function whatIsAt(t, x, y) {
  const hit = entryAt(t, x, y);
  if (!hit) return null;
  const {rank, lane, isCall, first, last} = hit;
  const who = `rank ${rank}` + (hostOf(rank) ? ` on ${hostOf(rank)}` : '');
  if (hit.isMark) {
    const marked = lateInView(t);
    const near = marked.filter(wait => wait[0] === rank && Math.abs(t.xOf(wait[2] + wait[3]) - x) < 6)
        .sort((p, q) => q[3] - p[3])[0];
    if (!near || marked.length > MOST_LATE) return null;
    return [`${who} waited ${seconds(near[3] * t.unit)} for rank ${near[1]}`, LATE[near[4]]?.[1]];
  }
  if (last - first > 3) {
    const kinds = isCall ? t.recorded.callKinds : t.recorded.kinds;
    return [`${last - first} entries of ${who} in this pixel`, ...shares(hit).slice(0, 4)
        .map(([kind, share]) => `${kinds[kind]} ${percent(share)}`)];
  }
  const i = longestOf(lane, first, last);
  const length = lane.length[i];
  const when = `${seconds(length * t.unit)}, from ${t.stamp(lane.start[i], Math.max(length / 100, 1))}`;
  if (!isCall) return [`${t.recorded.kinds[lane.kind[i]]} of ${who}`, when];
  const waited = lane.waited[i];
  return [callName(t, lane, i), who, when, `waited ${seconds(waited * t.unit)}, ${percent(waited / length || 0)}`,
    lane.bytes[i] > 0 ? bytes(lane.bytes[i]) : null];
}

/** Kinds of entries, and how much of the time from a to b they take; the largest first. */
function shares({lane, first, last, a, b}) {
  const sums = new Map();
  for (let i = first; i < last; i++) {
    const part = Math.min(b, lane.start[i] + lane.length[i]) - Math.max(a, lane.start[i]);
    sums.set(lane.kind[i], (sums.get(lane.kind[i]) ?? 0) + part / (b - a));
  }
  return [...sums].sort((p, q) => q[1] - p[1]);
}
