// Memory over time: one small picture a rank, all to the same scale, or of many ranks all curves in one.

const MOST_POINTS = 400;
const MOST_PICTURES = 16;

function memoryView() {
  const place = section('memory', 'Memory', 'Memory', 'Resident is what the operating system gave to the rank, heap is '
    + 'the part that Java objects take; the dot marks the peak.');
  const curves = everyRank.map(rank => ({rank, ...data.memory?.[rank]})).filter(curve => curve.t?.length > 1);
  if (curves.length === 0) {
    nothing(place, 'memory', 'Memory was not recorded.');
    return;
  }
  const pictures = el('div', {class: 'many'});
  place.append(pictures, el('div', {class: 'legend'},
      el('span', null, el('i', {style: 'background: var(--resident)'}), 'resident'),
      el('span', null, el('i', {style: 'background: var(--heap)'}), 'heap'),
      el('span', null, el('i', {style: 'background: var(--mark); border-radius: 50%'}), 'peak')));
  const frame = {from: Math.min(...curves.map(c => c.t[0])), to: Math.max(...curves.map(c => c.t[c.t.length - 1])),
    most: Math.max(1, ...curves.map(peakOf))};

  function draw() {
    const shown = curves.filter(c => state.rank < 0 || c.rank === state.rank);
    const single = shown.length === 1 || shown.length > MOST_PICTURES;
    pictures.style.gridTemplateColumns = single ? '1fr' : '';
    pictures.replaceChildren(...single && shown.length > 0 ? [memoryPicture(shown, frame, 1000, 200)]
      : shown.map(curve => memoryPicture([curve], frame, 290, 96)));
    if (shown.length === 0) pictures.append(el('p', {class: 'none'}, `Of rank ${state.rank} no memory was recorded.`));
  }
  draw();
  views.push(change => { if ('rank' in change) draw(); });
}

function largest(list) {
  return (list ?? []).reduce((most, x) => Math.max(most, x ?? 0), 0);
}

/** The kernel saw every moment, and the curve only some. */
function peakOf(curve) {
  return Math.max(curve.peak ?? 0, largest(curve.resident), largest(curve.heap));
}

/** One curve, or many over each other; of many the highest peak is marked. */
function memoryPicture(curves, {from, to, most}, width, tall) {
  const [left, right, top] = [56, 18, 14];
  const x = t => left + (t - from) / (to - from) * (width - left - right);
  const y = b => top + tall * (1 - b / (most * 1.04));
  const parts = [];
  const unit = SIZES.find(([f]) => most >= f)?.[0] ?? 1;
  for (const place of ticks(0, most / unit, tall / 32).places) {
    const at = y(place * unit);
    parts.push(el('line', {class: 'grid', x1: left, x2: width - right, y1: at, y2: at}),
        el('text', {x: left - 5, y: at + 4, 'text-anchor': 'end'}, brief(bytes(place * unit))));
  }
  for (const place of ticks(from, to, width / 110).places) {
    parts.push(el('text', {x: x(place), y: top + tall + 15, 'text-anchor': 'middle'}, brief(seconds(place))));
  }
  const faint = curves.length > 1 ? 0.35 : 1;
  for (const {t, resident, heap} of curves) {
    const line = values => thinned(t, values).map(([time, b]) => `${x(time).toFixed(1)} ${y(b).toFixed(1)}`).join('L');
    if (resident?.length && curves.length === 1) {
      const down = `L${x(t[t.length - 1])} ${y(0)}L${x(t[0])} ${y(0)}Z`;
      parts.push(el('path', {class: 'area', d: 'M' + line(resident) + down}));
    }
    if (resident?.length) parts.push(el('path', {class: 'resident', opacity: faint, d: 'M' + line(resident)}));
    if (heap?.length) parts.push(el('path', {class: 'heap', opacity: faint, d: 'M' + line(heap)}));
  }
  const highest = curves.reduce((best, curve) => peakOf(curve) > peakOf(best) ? curve : best);
  const when = highest.t[Math.max(0, (highest.resident ?? []).indexOf(largest(highest.resident)))];
  const flip = x(when) > width - 130;
  const words = bytes(peakOf(highest)) + (curves.length > 1 ? ` on rank ${highest.rank}` : '');
  parts.push(el('circle', {class: 'peak', cx: x(when), cy: y(peakOf(highest)), r: 3}), el('text', {class: 'peak-text',
    x: x(when) + (flip ? -7 : 7), y: y(peakOf(highest)) - 5, 'text-anchor': flip ? 'end' : 'start'}, words));
  const host = hostOf(curves[0].rank);
  const title = curves.length > 1 ? `${curves.length} ranks, one curve each`
    : `Rank ${curves[0].rank}` + (host && ', ' + host);
  return el('figure', null, el('h3', null, title), el('svg', {viewBox: `0 0 ${width} ${top + tall + 20}`, role: 'img',
    'aria-label': `${title}: peak ${words}`}, parts));
}

/** No more points than can be told apart: of each group the largest. */
function thinned(times, values) {
  const group = Math.ceil(values.length / MOST_POINTS);
  const points = [];
  for (let i = 0; i < values.length; i += group) {
    let at = i;
    for (let k = i; k < Math.min(values.length, i + group); k++) if (values[k] > values[at]) at = k;
    points.push([times[at], values[at] ?? 0]);
  }
  return points;
}
