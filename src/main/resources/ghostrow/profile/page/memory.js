// Memory over time: one small picture a rank, all to the same scale.

const MOST_POINTS = 400;

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
  const from = Math.min(...curves.map(c => c.t[0]));
  const to = Math.max(...curves.map(c => c.t[c.t.length - 1]));
  const most = Math.max(...curves.map(c => Math.max(c.peak ?? 0, largest(c.resident), largest(c.heap)))) || 1;

  function draw() {
    const shown = curves.filter(c => state.rank < 0 || c.rank === state.rank);
    pictures.style.setProperty('--least', shown.length > 16 ? '170px' : '270px');
    const wide = shown.length === 1 ? 1000 : shown.length > 16 ? 190 : 290;
    pictures.style.gridTemplateColumns = shown.length === 1 ? '1fr' : '';
    pictures.replaceChildren(...shown.map(curve => memoryPicture(curve, wide, from, to, most)));
    if (shown.length === 0) pictures.append(el('p', {class: 'none'}, `Of rank ${state.rank} no memory was recorded.`));
  }
  draw();
  views.push(change => { if ('rank' in change) draw(); });
}

function largest(list) {
  return (list ?? []).reduce((most, x) => Math.max(most, x ?? 0), 0);
}

function memoryPicture(curve, width, from, to, most) {
  const left = 52;
  const top = 14;
  const tall = width > 500 ? 190 : 96;
  const x = t => left + (t - from) / (to - from) * (width - left - 4);
  const y = b => top + tall * (1 - b / (most * 1.04));
  const unit = SIZES.find(([f]) => most >= f)?.[0] ?? 1;
  const parts = [];
  for (const place of ticks(0, most / unit, width > 500 ? 5 : 2).places) {
    parts.push(el('line', {class: 'grid', x1: left, x2: width - 4, y1: y(place * unit), y2: y(place * unit)}),
        el('text', {x: left - 5, y: y(place * unit) + 4, 'text-anchor': 'end'}, bytes(place * unit)));
  }
  for (const place of ticks(from, to, width / 110).places) {
    parts.push(el('text', {x: x(place), y: top + tall + 15, 'text-anchor': 'middle'}, seconds(place)));
  }
  const line = values => thinned(curve.t, values).map(([t, b], i) => `${i ? 'L' : 'M'}${x(t).toFixed(1)} ${y(b).toFixed(1)}`)
      .join('');
  if (curve.resident?.length) {
    const path = line(curve.resident);
    parts.push(el('path', {style: 'fill: var(--resident); opacity: .12; stroke: none',
      d: `${path}L${x(curve.t[curve.t.length - 1])} ${y(0)}L${x(curve.t[0])} ${y(0)}Z`}), el('path', {class: 'resident', d: path}));
  }
  if (curve.heap?.length) parts.push(el('path', {class: 'heap', d: line(curve.heap)}));
  const peak = curve.peak ?? largest(curve.resident);
  const when = curve.t[Math.max(0, (curve.resident ?? []).indexOf(largest(curve.resident)))];
  const flip = x(when) > width - 100;
  parts.push(el('circle', {class: 'peak', cx: x(when), cy: y(peak), r: 3}),
      el('text', {class: 'peak-text', x: x(when) + (flip ? -7 : 7), y: y(peak) - 5, 'text-anchor': flip ? 'end' : 'start'},
          bytes(peak)));
  const title = `Rank ${curve.rank}` + (hostOf(curve.rank) ? `, ${hostOf(curve.rank)}` : '');
  return el('figure', null, el('h3', null, title), el('svg', {viewBox: `0 0 ${width} ${top + tall + 20}`, role: 'img',
    'aria-label': `${title}: peak ${bytes(peak)}`}, parts));
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
