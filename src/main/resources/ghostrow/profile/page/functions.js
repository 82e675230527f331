// The table of functions.

const FEW = 25;

function functionsView() {
  const place = section('functions', 'Functions', 'Functions', 'Own is time in the function itself, cumulative is with '
    + 'all it calls; n samples are good to ± √n, one standard deviation.');
  place.classList.add('long');
  const all = (data.functions ?? []).map(f => ({...f, name: names[f.frame] ?? '?'}));
  if (all.length === 0) {
    nothing(place, 'functions', 'No function was sampled.');
    return;
  }
  const counted = all.some(f => f.calls != null);
  const columns = [
    ['name', 'Function', f => f.name],
    ['own', 'Own', f => ofRanks(f.own)],
    ['cumulative', 'Cumulative', f => ofRanks(f.cumulative)],
    ['samples', 'Samples', samples],
    ...counted ? [['calls', 'Calls', f => f.calls ?? -1]] : []];
  let by = 'own';
  let down = true;
  let every = false;
  const said = el('div', {class: 'status'});
  const body = el('tbody');
  const heads = columns.map(([key, title]) => el('th', {class: key === 'name' ? 'words' : null, 'data-key': key,
    colspan: key === 'own' || key === 'cumulative' ? 2 : 1}, el('button', {onclick: () => sort(key)}, title)));
  const more = el('button', {class: 'more', onclick: () => { every = !every; draw(); }});
  place.append(el('div', {class: 'wide'}, el('table', {class: 'full'}, el('thead', null, el('tr', null, heads)), body)),
      more, said);
  if (!counted) {
    place.append(el('p', {class: 'soft', 'data-missing': 'calls', style: 'margin-top: 4px'}, data.missing?.calls
      ?? 'Calls were not counted.'));
  }

  function sort(key) {
    down = key === by ? !down : key !== 'name';
    by = key;
    draw();
  }

  /** Samples are counted over all ranks; of one rank it is the part that its own time is. */
  function samples(f) {
    if (state.rank < 0) return f.samples ?? 0;
    const whole = f.own.reduce((sum, x) => sum + (x ?? 0), 0);
    return whole > 0 ? Math.round((f.samples ?? 0) * ofRanks(f.own) / whole) : 0;
  }

  function draw() {
    const value = columns.find(([key]) => key === by)[2];
    const order = (a, b) => by === 'name' ? a.name.localeCompare(b.name) : value(a) - value(b);
    const total = all.reduce((sum, f) => sum + ofRanks(f.own), 0);
    const found = all.filter(f => state.query === '' || matches(f.name)).sort((a, b) => down ? order(b, a) : order(a, b));
    body.replaceChildren(...(every ? found : found.slice(0, FEW)).map(f => row(f, total)));
    heads.forEach(head => {
      const sorted = head.dataset.key === by;
      head.setAttribute('aria-sort', sorted ? down ? 'descending' : 'ascending' : 'none');
      head.firstChild.textContent = columns.find(([key]) => key === head.dataset.key)[1] + (sorted ? down ? ' ▾' : ' ▴' : '');
    });
    more.hidden = found.length <= FEW;
    more.textContent = every ? `Show the first ${FEW}` : `Show all ${count(found.length)}`;
    said.textContent = `Seconds and shares are of ${ranksInWords()}: ${seconds(total)} sampled`
      + (state.query === '' ? '.' : `; ${count(found.length)} of ${count(all.length)} functions match “${state.query}”.`);
  }

  function row(f, total) {
    const own = ofRanks(f.own);
    const cumulative = ofRanks(f.cumulative);
    const n = samples(f);
    return el('tr', null,
        el('td', {class: 'name'}, el('i', {class: 'chip', style: 'background: ' + boxColour(f.name)}),
            el('span', {class: 'code'}, marked(f.name))),
        el('td', {'data-own': ''}, seconds(own)), bar(own / total),
        el('td', {class: 'first'}, seconds(cumulative)), bar(cumulative / total),
        el('td', {class: 'first'}, count(n), el('span', {class: 'dim'}, ' ± ' + Math.round(Math.sqrt(n)))),
        counted ? el('td', null, count(f.calls)) : null);
  }

  draw();
  views.push(draw);
}

function bar(share) {
  return el('td', {class: 'bar', style: `--share: ${Math.min(100, share * 100 || 0)}%`}, percent(share));
}
