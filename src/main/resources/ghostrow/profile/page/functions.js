// The table of functions.

const FEW = 25;
const MOST_BARS = 128;

function functionsView() {
  const place = section('functions', 'Functions', 'Functions', 'Own is time in the function itself, cumulative is with '
    + 'all it calls; n samples are good to ± √n, one standard deviation. A click on a name finds it in the '
    + 'drawings.');
  place.classList.add('long');
  const all = (data.functions ?? []).map(f => ({...f, name: names[f.frame] ?? '?'}));
  if (all.length === 0) {
    nothing(place, 'functions', 'No function was sampled.');
    return;
  }
  const sampled = all.some(f => f.samples != null);
  const counted = all.some(f => f.calls != null);
  const byRank = ranks > 1 && ranks <= MOST_BARS;
  const columns = [
    {key: 'name', title: 'Function', value: f => f.name},
    {key: 'own', title: 'Own', value: f => ofRanks(f.own), span: 2},
    ...byRank ? [{key: 'spread', title: 'By rank', value: f => spread(f.own)}] : [],
    {key: 'cumulative', title: 'Cumulative', value: f => ofRanks(f.cumulative), span: 2},
    ...sampled ? [{key: 'samples', title: 'Samples', value: samplesOf}] : [],
    ...counted ? [{key: 'calls', title: 'Calls', value: f => f.calls ?? -1}] : []];
  let by = 'own';
  let down = true;
  let every = false;
  const said = el('div', {class: 'status'});
  const body = el('tbody');
  const heads = columns.map(({key, title, span}) => el('th', {class: key === 'name' ? 'words' : null, colspan: span},
      el('button', {onclick: () => sort(key)}, title)));
  const more = el('button', {class: 'more', onclick: () => { every = !every; draw(); }});
  place.append(el('div', {class: 'wide'}, el('table', {class: 'full'}, el('thead', null, el('tr', null, heads)), body)),
      more, said);
  if (!counted) quietly(place, 'calls', 'Calls were not counted.');

  function sort(key) {
    down = key === by ? !down : key !== 'name';
    by = key;
    draw();
  }

  function draw() {
    const {value} = columns.find(column => column.key === by);
    const order = (a, b) => by === 'name' ? a.name.localeCompare(b.name) : value(a) - value(b);
    const total = all.reduce((sum, f) => sum + ofRanks(f.own), 0);
    const found = all.filter(f => state.query === '' || matches(f.name));
    found.sort((a, b) => down ? order(b, a) : order(a, b));
    body.replaceChildren(...(every ? found : found.slice(0, FEW)).map(f => row(f, total)));
    columns.forEach(({key, title}, i) => {
      heads[i].setAttribute('aria-sort', key !== by ? 'none' : down ? 'descending' : 'ascending');
      heads[i].firstChild.textContent = title + (key !== by ? '' : down ? ' ▾' : ' ▴');
    });
    more.hidden = found.length <= FEW;
    more.textContent = every ? `Show the first ${FEW}` : `Show all ${count(found.length)}`;
    said.textContent = `Seconds and shares are of ${ranksInWords()}: ${seconds(total)} sampled`
      + (state.query === '' ? '.'
        : `; ${count(found.length)} of ${count(all.length)} functions match “${state.query}”.`);
  }

  function row(f, total) {
    const own = ofRanks(f.own);
    const cumulative = ofRanks(f.cumulative);
    const n = samplesOf(f);
    return el('tr', null,
        el('td', {class: 'name'}, el('i', {class: 'chip', style: 'background: ' + boxColour(f.name)}),
            el('button', {class: 'code', title: f.name, onclick: () => find(f.name)}, marked(f.name))),
        el('td', {'data-own': ''}, seconds(own)), bar(own / total),
        byRank ? el('td', null, rankBars(f.own)) : null,
        el('td', {class: 'first'}, seconds(cumulative)), bar(cumulative / total),
        sampled ? el('td', {class: 'first'}, count(n), el('span', {class: 'dim'}, ' ± ' + sigma(n))) : null,
        counted ? el('td', {class: 'first'}, count(f.calls)) : null);
  }

  draw();
  views.push(draw);
}

/** Samples are counted over all ranks; of one rank it is the part that its own time is. */
function samplesOf(f) {
  if (state.rank < 0) return f.samples ?? 0;
  const whole = (f.own ?? []).reduce((sum, x) => sum + (x ?? 0), 0);
  return whole > 0 ? Math.round((f.samples ?? 0) * ofRanks(f.own) / whole) : 0;
}

/** One standard deviation of so many samples. */
function sigma(n) {
  return count(Math.sqrt(n));
}

function spread(figures) {
  const there = (figures ?? []).map(x => x ?? 0);
  return Math.max(...there) - Math.min(...there);
}

/** One small bar a rank: whether all spend the same here. */
function rankBars(figures) {
  const there = everyRank.map(rank => figures?.[rank] ?? 0);
  const most = Math.max(...there);
  const [least, wide, gap] = [Math.min(...there), 92 / ranks, ranks <= 24 ? 1 : 0];
  const bars = keep => there.map((x, rank) => most > 0 && keep(rank)
    ? `M${(rank * wide).toFixed(2)} 15v${(-15 * x / most).toFixed(2)}h${(wide - gap).toFixed(2)}V15z` : '').join('');
  const words = `least ${seconds(least)} on rank ${there.indexOf(least)}, `
    + `most ${seconds(most)} on rank ${there.indexOf(most)}`;
  return el('svg', {class: 'ranks', viewBox: '0 0 92 15', role: 'img', 'aria-label': words},
      el('title', null, words), el('path', {d: bars(rank => rank !== state.rank)}),
      el('path', {class: 'one', d: bars(rank => rank === state.rank)}));
}

function bar(share) {
  return el('td', {class: 'bar', style: `--share: ${Math.min(1, share || 0).toFixed(4)}`}, percent(share));
}
