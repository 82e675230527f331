// The timeline: of every rank a lane of phases and one of calls, with messages and latecomers over them.
// Times are in units of data.timeline.unit, counted from the first step.

const GUTTER = 62;
const AXIS = 24;
const MOST_ARROWS = 300;
const MOST_LATE = 120;
const LEAST_SPAN = 40;
const COLLECTIVE = /^i?(all|barrier|bcast|broadcast|reduce|gather|scatter|scan|exscan)/i;
const LATE = [['▼', 'late sender'], ['◆', 'late receiver'], ['■', 'last at a collective call']];

function timelineView() {
  const recorded = data.timeline;
  const buttons = [['+', 'Closer'], ['−', 'Farther'], ['Whole run', 'Show the whole run']].map(([text, title]) =>
    el('button', {title, 'aria-label': title, onclick: () => press(text)}, text));
  const place = section('timeline', 'Timeline', 'Timeline', 'What each rank did when: its phases above, its MPI calls '
    + 'below. Where entries are narrower than a pixel, the height of a colour is its share of that time.',
    recorded ? buttons : null);
  if (!recorded?.phases) {
    nothing(place, 'timeline', 'No timeline was recorded.');
    return;
  }
  const {unit, from, to} = recorded;
  const phases = everyRank.map(r => decoded(recorded.phases[r], 3, from));
  const calls = everyRank.map(r => decoded(recorded.calls?.[r], 6, from));
  const arrows = rowsOf(recorded.arrows, 5, from, [1, 3], 1);
  const late = rowsOf(recorded.late, 5, from, [2], 2);
  const longestArrow = arrows.reduce((most, a) => Math.max(most, a[3] - a[1]), 0);
  const longestWait = late.reduce((most, l) => Math.max(most, l[3]), 0);
  const kindColours = phaseColours(recorded.kinds ?? []);
  const together = (recorded.callKinds ?? []).map(name => COLLECTIVE.test(name));

  const size = ranks <= 4 ? {phases: 26, calls: 16, marks: 10, gap: 10}
    : ranks <= 8 ? {phases: 18, calls: 12, marks: 9, gap: 8} : ranks <= 20 ? {phases: 12, calls: 9, marks: 7, gap: 4}
    : ranks <= 40 ? {phases: 7, calls: 5, marks: 0, gap: 3} : {phases: 5, calls: 3, marks: 0, gap: 2};
  const row = size.phases + size.calls + size.marks + size.gap;
  const topOf = rank => AXIS + rank * row + size.gap / 2;
  let [begin, end] = [from, to];
  const widths = new Map();
  let sweep = null;
  let wide = 1;
  const inner = () => wide - GUTTER;
  const xOf = time => GUTTER + (time - begin) / (end - begin) * inner();
  const timeAt = x => begin + (x - GUTTER) / inner() * (end - begin);
  const said = el('span');
  const one = drawing(place, 'timeline', 'Timeline of all ranks', () => AXIS + ranks * row + 4, draw,
      {tall: true, at: (x, y) => sweep ? null : whatIsAt(x, y)});
  const canvas = one.canvas;
  place.append(el('div', {class: 'status'}, said, el('span', {class: 'hint'},
      'Drag or click to zoom, wheel after a click; arrows and + − 0 by keys.')), legend());
  const dropped = (recorded.dropped ?? []).map((n, rank) => [rank, n]).filter(([, n]) => n > 0);
  const notes = [recorded.note, dropped.length === 0 ? null : 'Older events that are not here: '
    + dropped.slice(0, 8).map(([rank, n]) => `${count(n)} of rank ${rank}`).join(', ')
    + (dropped.length > 8 ? ' …' : '')];
  notes.filter(note => note).forEach(note => place.append(el('p', {class: 'soft', style: 'margin-top: 4px'}, note)));

  function draw(g, width) {
    wide = width;
    g.font = '11px system-ui, Arial, "DejaVu Sans", sans-serif';
    drawAxis(g);
    const scale = g.getTransform().a;
    const columns = Math.max(1, Math.floor(inner() * scale));
    const labels = [];
    for (const rank of everyRank) {
      const y = topOf(rank);
      const top = Math.round(y * scale);
      const put = (lane, tall, categories, add) => {
        const pixels = Math.max(1, Math.round(tall * scale));
        const image = laneImage(g, lane, [begin, end], columns, pixels, categories.map(pixel), add);
        const down = lane === phases[rank] ? 0 : size.phases + 1;
        g.putImageData(image, Math.round(GUTTER * scale), top + Math.round(down * scale));
        separate(g, lane, [begin, end], xOf, y + down, tall);
      };
      put(phases[rank], size.phases, kindColours, (cover, i) => {
        const lane = phases[rank];
        const a = lane.start[i];
        const b = a + lane.length[i];
        cover(lane.kind[i], a, b);
        if (size.phases >= 12) label(labels, recorded.kinds[lane.kind[i]], a, b, y + size.phases / 2 + 0.5);
      });
      put(calls[rank], size.calls, ['wait', 'pair', 'all'], (cover, i) => {
        const lane = calls[rank];
        const a = lane.start[i];
        const b = a + lane.length[i];
        const waited = Math.min(b, a + lane.waited[i]);
        cover(0, a, waited);
        cover(together[lane.kind[i]] ? 2 : 1, waited, b);
        if (size.calls >= 12) label(labels, callName(lane, i), a, b, y + size.phases + 1.5 + size.calls / 2);
      });
    }
    g.save();
    g.beginPath();
    g.rect(GUTTER, 0, inner(), AXIS + ranks * row + 4);
    g.clip();
    g.textAlign = 'left';
    g.fillStyle = colour('box-ink');
    for (const {text, x, y} of labels) g.fillText(text, x, y);
    const unseen = [drawArrows(g), drawLate(g)];
    g.restore();
    drawRanks(g);
    if (sweep?.kind === 'span') {
      g.fillStyle = colour('accent');
      g.globalAlpha = 0.2;
      g.fillRect(Math.min(sweep.x, sweep.now), AXIS, Math.abs(sweep.now - sweep.x), ranks * row);
      g.globalAlpha = 1;
    }
    const whole = begin === from && end === to;
    said.textContent = (whole ? `The whole ${seconds((to - from) * unit)}.`
      : `${seconds((end - begin) * unit)} from ${stamp(begin, (end - begin) / 100)}.`)
      + (unseen[0] > 0 ? ` ${count(unseen[0])} messages are in view; closer they show as arrows.` : '')
      + (unseen[1] > 0 ? ` ${count(unseen[1])} waits for others are; closer they are marked.` : '');
  }

  function label(labels, text, a, b, y) {
    const x = Math.max(xOf(a), GUTTER);
    const room = Math.min(xOf(b), wide) - x - 8;
    if (room < 14 || !text) return;
    if (!widths.has(text)) widths.set(text, canvas.getContext('2d').measureText(text).width);
    const fits = widths.get(text) <= room ? text
      : room > 44 ? text.slice(0, Math.floor(room / widths.get(text) * text.length) - 1) + '…' : '';
    if (fits) labels.push({text: fits, x: x + 4, y});
  }

  function drawAxis(g) {
    const {places, step} = ticks(begin * unit, end * unit, inner() / 120);
    g.textAlign = 'center';
    for (const place of places) {
      const x = Math.round(xOf(place / unit)) + 0.5;
      g.fillStyle = colour('line');
      g.fillRect(x - 0.5, AXIS - 5, 1, ranks * row + 5);
      g.fillStyle = colour('soft');
      if (x > GUTTER + 22 && x < wide - 26) g.fillText(stamp(place / unit, step / unit), x, 10);
    }
    if (begin > from || end < to) {
      // Where the part that shows lies in the whole.
      g.fillStyle = colour('grid');
      g.fillRect(GUTTER, 0, inner(), 2);
      g.fillStyle = colour('accent');
      const perUnit = inner() / (to - from);
      g.fillRect(GUTTER + (begin - from) * perUnit, 0, Math.max(3, (end - begin) * perUnit), 2);
    }
  }

  /** A time, with the digits that tell it from one `apart` later. */
  function stamp(time, apart) {
    const [factor, name] = TIMES.find(([f]) => Math.max(Math.abs(begin), Math.abs(end)) * unit >= f) ?? TIMES[3];
    const places = Math.min(9, Math.max(0, Math.ceil(-Math.log10(apart * unit / factor) - 0.001)));
    return (time * unit / factor).toFixed(places).replace(/^-(0(\.0+)?)$/, '$1') + NBSP + name;
  }

  function drawRanks(g) {
    const every = Math.ceil(13 / row);
    for (const rank of everyRank) {
      const y = topOf(rank);
      if (rank > 0 && hostOf(rank) !== hostOf(rank - 1)) {
        g.fillStyle = colour('soft');
        g.fillRect(0, Math.round(y - size.gap / 2 - 1), wide, 1);
      }
      const middle = y + (size.phases + size.calls) / 2;
      g.textAlign = 'right';
      g.fillStyle = colour(rank === state.rank ? 'accent' : 'ink');
      const twoLines = ranks <= 8 && hostOf(rank) !== '';
      if (rank % every === 0) g.fillText(ranks <= 20 ? 'rank ' + rank : rank, GUTTER - 10, middle - (twoLines ? 6 : 0));
      g.fillStyle = colour('soft');
      if (twoLines) g.fillText(fittedTail(hostOf(rank), 8), GUTTER - 10, middle + 7);
      if (phases[rank].start.length + calls[rank].start.length === 0 && row > 12) {
        g.textAlign = 'left';
        g.fillText('nothing recorded', GUTTER + 6, y + size.phases / 2 + 0.5);
      }
      if (state.rank >= 0 && rank !== state.rank) {
        g.globalAlpha = 0.65;
        g.fillStyle = colour('paper');
        g.fillRect(0, y, wide, row - size.gap / 2);
        g.globalAlpha = 1;
      }
    }
  }

  /** Messages in view as arrows, or how many they are if they are too many. */
  function drawArrows(g) {
    const shown = [];
    for (let i = firstAt(arrows, 1, begin - longestArrow); i < arrows.length && arrows[i][1] < end; i++) {
      if (arrows[i][3] > begin) shown.push(arrows[i]);
    }
    if (shown.length > MOST_ARROWS) return shown.length;
    const middle = rank => topOf(rank) + size.phases + 1 + size.calls / 2;
    g.strokeStyle = g.fillStyle = colour('ink');
    g.lineWidth = 1;
    g.globalAlpha = shown.length > 80 ? 0.4 : 0.7;
    for (const [sender, sent, receiver, received] of shown) {
      const [x0, y0, x1, y1] = [xOf(sent), middle(sender), xOf(received), middle(receiver)];
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

  function lateInView() {
    const shown = [];
    for (let i = firstAt(late, 2, begin - longestWait); i < late.length && late[i][2] < end; i++) {
      if (late[i][2] + late[i][3] > begin) shown.push(late[i]);
    }
    return shown;
  }

  /** A mark where a wait ends, joined with whom it was for; or how many they are if they are too many. */
  function drawLate(g) {
    const shown = lateInView();
    if (shown.length > MOST_LATE) return shown.length;
    g.textAlign = 'center';
    g.fillStyle = g.strokeStyle = colour('mark');
    g.font = '8px system-ui, "DejaVu Sans", sans-serif';
    for (const [waiting, by, at, length, kind] of shown) {
      const x = xOf(at + length);
      const y = topOf(waiting) + size.phases + 1 + size.calls + size.marks / 2;
      if (size.marks > 0) g.fillText(LATE[kind]?.[0] ?? '▼', x, y);
      else g.fillRect(x - 1, topOf(waiting) + size.phases, 2, size.calls + 2);
      g.lineWidth = 1;
      g.setLineDash([3, 3]);
      g.beginPath();
      g.moveTo(Math.round(x) + 0.5, y - size.marks / 2);
      g.lineTo(Math.round(x) + 0.5, topOf(by) + size.phases + size.calls / 2);
      g.stroke();
      g.setLineDash([]);
    }
    return 0;
  }

  function callName(lane, i) {
    const name = recorded.callKinds[lane.kind[i]] ?? 'call';
    return lane.peer[i] >= 0 ? `${name}, rank ${lane.peer[i]}` : name;
  }

  function laneAt(y) {
    const rank = Math.floor((y - AXIS) / row);
    if (rank < 0 || rank >= ranks) return null;
    const inside = y - topOf(rank);
    return {rank, lane: inside < size.phases + 0.5 ? phases[rank] : calls[rank], isCall: inside >= size.phases + 0.5,
      isMark: inside > size.phases + 1 + size.calls};
  }

  /** The entry under the pointer, or null; one of several in that pixel is not worth naming. */
  function entryAt(x, y) {
    const where = laneAt(y);
    if (!where || x < GUTTER) return null;
    const [a, b] = [timeAt(x - 0.5), timeAt(x + 0.5)];
    const {lane} = where;
    const first = firstEndingAfter(lane, a);
    let last = first;
    while (last < lane.start.length && lane.start[last] < b) last++;
    return last === first && !where.isMark ? null : {...where, first, last, a, b};
  }

  function whatIsAt(x, y) {
    const hit = entryAt(x, y);
    if (!hit) return null;
    const {rank, lane, isCall, first, last, a, b} = hit;
    const who = `rank ${rank}` + (hostOf(rank) ? ` on ${hostOf(rank)}` : '');
    if (hit.isMark) {
      const near = lateInView().filter(l => l[0] === rank && Math.abs(xOf(l[2] + l[3]) - x) < 6)
          .sort((p, q) => q[3] - p[3])[0];
      return near ? [`${who} waited ${seconds(near[3] * unit)} for rank ${near[1]}`, LATE[near[4]]?.[1]] : null;
    }
    if (last - first > 3) {
      const sums = new Map();
      for (let i = first; i < last; i++) {
        const name = (isCall ? recorded.callKinds : recorded.kinds)[lane.kind[i]];
        const part = Math.min(b, lane.start[i] + lane.length[i]) - Math.max(a, lane.start[i]);
        sums.set(name, (sums.get(name) ?? 0) + part);
      }
      return [`${last - first} entries of ${who} in this pixel`, ...[...sums].sort((p, q) => q[1] - p[1]).slice(0, 4)
          .map(([name, sum]) => `${name} ${percent(sum / (b - a))}`)];
    }
    const i = longestOf(lane, first, last);
    const length = lane.length[i];
    const when = `${seconds(length * unit)}, from ${stamp(lane.start[i], Math.max(length / 100, 1))}`;
    if (!isCall) return [`${recorded.kinds[lane.kind[i]]} of ${who}`, when];
    const waited = lane.waited[i];
    return [callName(lane, i), who, when, `waited ${seconds(waited * unit)}, ${percent(waited / length || 0)}`,
      lane.bytes[i] > 0 ? bytes(lane.bytes[i]) : null];
  }

  function zoomTo(a, b) {
    let span = Math.min(to - from, Math.max(LEAST_SPAN, b - a));
    begin = Math.max(from, Math.min(to - span, (a + b - span) / 2));
    end = begin + span;
    showTip(null, null);
    one.soon();
  }

  const zoomBy = (factor, around) => zoomTo(around - (around - begin) * factor, around + (end - around) * factor);
  const moveBy = share => zoomTo(begin + share * (end - begin), end + share * (end - begin));
  const middle = () => (begin + end) / 2;

  function press(button) {
    if (button === 'Whole run') zoomTo(from, to);
    else zoomBy(button === '+' ? 0.5 : 2, middle());
  }

  canvas.addEventListener('wheel', event => {
    if (!event.ctrlKey && document.activeElement !== canvas) return;
    event.preventDefault();
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) moveBy((event.deltaX || event.deltaY) / inner());
    else zoomBy(Math.exp(Math.max(-120, Math.min(120, event.deltaY)) * 0.003), timeAt(event.offsetX));
  }, {passive: false});
  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0 || event.offsetX < GUTTER) return;
    canvas.setPointerCapture(event.pointerId);
    sweep = {kind: event.shiftKey ? 'move' : 'start', x: event.offsetX, now: event.offsetX, begin, end};
  });
  canvas.addEventListener('pointermove', event => {
    if (!sweep) return;
    sweep.now = Math.max(GUTTER, Math.min(wide, event.offsetX));
    if (sweep.kind === 'start' && Math.abs(sweep.now - sweep.x) > 4) sweep.kind = 'span';
    const shift = (sweep.x - sweep.now) / inner() * (sweep.end - sweep.begin);
    if (sweep.kind === 'move') zoomTo(sweep.begin + shift, sweep.end + shift);
    one.soon();
  });
  canvas.addEventListener('pointerup', event => {
    const done = sweep;
    sweep = null;
    if (done?.kind === 'span') zoomTo(...[timeAt(done.x), timeAt(done.now)].sort((a, b) => a - b));
    if (done?.kind !== 'start') return;
    const hit = entryAt(event.offsetX, event.offsetY);
    if (!hit || hit.isMark) return;
    if (hit.last - hit.first > 3) {
      zoomBy(1 / 8, timeAt(event.offsetX));
    } else {
      const i = longestOf(hit.lane, hit.first, hit.last);
      const margin = hit.lane.length[i] * 0.2;
      zoomTo(hit.lane.start[i] - margin, hit.lane.start[i] + hit.lane.length[i] + margin);
    }
  });
  canvas.addEventListener('pointercancel', () => { sweep = null; one.soon(); });
  canvas.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {ArrowLeft: () => moveBy(-0.2), ArrowRight: () => moveBy(0.2), ArrowUp: () => zoomBy(0.5, middle()),
      ArrowDown: () => zoomBy(2, middle()), '+': () => zoomBy(0.5, middle()), '-': () => zoomBy(2, middle()),
      0: () => zoomTo(from, to), Escape: () => zoomTo(from, to)};
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  views.push(change => {
    if (change.whole) zoomTo(from, to);
    if ('rank' in change) one.soon();
  });

  function legend() {
    const chip = (name, text) => el('span', null, el('i', {style: `background: var(--${name})`}), text);
    const used = new Set(late.map(l => l[4]));
    return el('div', {class: 'legend'}, (recorded.kinds ?? []).map((kind, i) => chip(kindColours[i], kind)),
        el('span', {style: 'color: var(--line)'}, '|'), chip('wait', 'waiting in a call'),
        chip('pair', 'call with one rank'),
        chip('all', 'collective call'), size.marks === 0 ? chip('mark', 'end of a wait for another rank')
          : LATE.filter((_, i) => used.has(i)).map(([sign, text]) =>
            el('span', null, el('span', {class: 'sign'}, sign), ' waited for a ' + text)));
  }
}
