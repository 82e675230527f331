// The timeline: of every rank a lane of phases and one of calls, with messages and waits over them; zoom and move.

const LEAST_SPAN = 40;

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
  const t = timelineData(recorded);
  let sweep = null;
  const said = el('span');
  const one = drawing(place, 'timeline', 'Timeline of all ranks', () => AXIS + ranks * t.row + 4, draw,
      {tall: true, at: (x, y) => sweep ? null : whatIsAt(t, x, y)});
  const canvas = one.canvas;
  place.append(el('div', {class: 'status'}, said, el('span', {class: 'hint'},
      'Drag or click to zoom, wheel after a click; arrows and + − 0 by keys.')), timelineLegend(t));
  timelineNotes(recorded).forEach(note => place.append(el('p', {class: 'soft', style: 'margin-top: 4px'}, note)));

  function draw(g, width) {
    t.wide = width;
    const {messages, waits} = paintTimeline(g, t);
    if (sweep?.kind === 'span') {
      g.fillStyle = colour('accent');
      g.globalAlpha = 0.2;
      g.fillRect(Math.min(sweep.x, sweep.now), AXIS, Math.abs(sweep.now - sweep.x), ranks * t.row);
      g.globalAlpha = 1;
    }
    const span = t.end - t.begin;
    said.textContent = (t.isWhole() ? `The whole ${seconds(span * t.unit)}.`
      : `${seconds(span * t.unit)} from ${t.stamp(t.begin, span / 100)}.`)
      + (messages > 0 ? ` ${count(messages)} messages are in view; closer they show as arrows.` : '')
      + (waits > 0 ? ` ${count(waits)} waits for others are; closer they are marked.` : '');
  }

  function zoomTo(a, b) {
    const span = Math.min(t.to - t.from, Math.max(LEAST_SPAN, b - a));
    t.begin = Math.max(t.from, Math.min(t.to - span, (a + b - span) / 2));
    t.end = t.begin + span;
    showTip(null, null);
    one.soon();
  }

  const zoomBy = (factor, around) => zoomTo(around - (around - t.begin) * factor, around + (t.end - around) * factor);
  const moveBy = share => zoomTo(t.begin + share * (t.end - t.begin), t.end + share * (t.end - t.begin));
  const middle = () => (t.begin + t.end) / 2;

  function press(button) {
    if (button === 'Whole run') zoomTo(t.from, t.to);
    else zoomBy(button === '+' ? 0.5 : 2, middle());
  }

  canvas.addEventListener('wheel', event => {
    if (!event.ctrlKey && document.activeElement !== canvas) return;
    event.preventDefault();
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) moveBy((event.deltaX || event.deltaY) / t.inner());
    else zoomBy(Math.exp(Math.max(-120, Math.min(120, event.deltaY)) * 0.003), t.timeAt(event.offsetX));
  }, {passive: false});
  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0 || event.offsetX < GUTTER) return;
    canvas.setPointerCapture(event.pointerId);
    sweep = {kind: event.shiftKey ? 'move' : 'start', x: event.offsetX, now: event.offsetX, begin: t.begin, end: t.end};
  });
  canvas.addEventListener('pointermove', event => {
    if (!sweep) return;
    sweep.now = Math.max(GUTTER, Math.min(t.wide, event.offsetX));
    if (sweep.kind === 'start' && Math.abs(sweep.now - sweep.x) > 4) sweep.kind = 'span';
    const shift = (sweep.x - sweep.now) / t.inner() * (sweep.end - sweep.begin);
    if (sweep.kind === 'move') zoomTo(sweep.begin + shift, sweep.end + shift);
    one.soon();
  });
  canvas.addEventListener('pointerup', event => {
    const done = sweep;
    sweep = null;
    if (done?.kind === 'span') zoomTo(...[t.timeAt(done.x), t.timeAt(done.now)].sort((a, b) => a - b));
    if (done?.kind !== 'start') return;
    const hit = entryAt(t, event.offsetX, event.offsetY);
    if (!hit || hit.isMark) return;
    if (hit.last - hit.first > 3) {
      zoomBy(1 / 8, t.timeAt(event.offsetX));
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
      0: () => zoomTo(t.from, t.to), Escape: () => zoomTo(t.from, t.to)};
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  views.push(change => {
    if (change.whole) zoomTo(t.from, t.to);
    if ('rank' in change) one.soon();
  });
}

function timelineLegend(t) {
  const chip = (name, text) => el('span', null, el('i', {style: `background: var(--${name})`}), text);
  const used = new Set(t.late.map(l => l[4]));
  return el('div', {class: 'legend'}, (t.recorded.kinds ?? []).map((kind, i) => chip(t.kindColours[i], kind)),
      el('span', {style: 'color: var(--line)'}, '|'), chip('wait', 'waiting in a call'),
      chip('pair', 'call with one rank'),
      chip('all', 'collective call'), t.size.marks === 0 ? chip('mark', 'end of a wait for another rank')
        : LATE.filter((_, i) => used.has(i)).map(([sign, text]) =>
          el('span', null, el('span', {class: 'sign'}, sign), ' waited for a ' + text)));
}

/** What is not in the picture. */
function timelineNotes(recorded) {
  const dropped = (recorded.dropped ?? []).map((n, rank) => [rank, n]).filter(([, n]) => n > 0);
  const words = dropped.slice(0, 8).map(([rank, n]) => `${count(n)} of rank ${rank}`).join(', ');
  const more = dropped.length > 8 ? ' …' : '';
  return [recorded.note, words && `Older events that are not here: ${words}${more}.`].filter(note => note);
}
