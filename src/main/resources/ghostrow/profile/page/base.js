// What every view uses: the data, numbers for people, elements, and what the reader has picked.

const data = JSON.parse(document.getElementById('data').textContent);

/** The reader's choices; `picked` tells the views of a new one. */
const state = {rank: -1, query: '', basis: 'time', zoom: 0};
const views = [];

function picked(change) {
  Object.assign(state, change);
  views.forEach(view => view(change));
}

/** Looks for a function in all views. */
function find(text) {
  document.getElementById('search').value = text;
  picked({query: text.trim().toLowerCase()});
}

const NBSP = '\u00a0';

/** Three digits that count, and no more zeros than they need. */
function digits(x) {
  const size = Math.abs(x);
  return x.toFixed(size >= 99.95 || x === 0 ? 0 : size >= 9.995 ? 1 : 2);
}

function inUnits(x, units) {
  const [factor, unit] = units.find(([f]) => Math.abs(x) >= f * 0.9995) ?? units[units.length - 1];
  return digits(x / factor) + NBSP + unit;
}

const TIMES = [[1, 's'], [1e-3, 'ms'], [1e-6, 'µs'], [1e-9, 'ns']];
const SIZES = [[2 ** 40, 'TiB'], [2 ** 30, 'GiB'], [2 ** 20, 'MiB'], [2 ** 10, 'KiB']];

function seconds(s) {
  if (s == null) return '–';
  return s === 0 ? '0' + NBSP + 's' : inUnits(s, TIMES);
}

/** In sentences and on axes: 1 ms and not 1.00 ms. */
function brief(text) {
  return text.replace(/(\.\d*?)0+(?=\u00a0)/, '$1').replace('.\u00a0', NBSP);
}

function bytes(b) {
  if (b == null) return '–';
  return Math.abs(b) < 1024 ? Math.round(b) + NBSP + 'B' : inUnits(b, SIZES);
}

function count(n) {
  return n == null ? '–' : Math.round(n).toLocaleString('en');
}

function percent(share) {
  if (!isFinite(share)) return '–';
  const p = share * 100;
  return (p === 0 ? '0' : p < 0.1 ? '<0.1' : p < 9.95 ? p.toFixed(1) : p.toFixed(0)) + NBSP + '%';
}

const ranks = data.ranks ?? 1;
const everyRank = Array.from({length: ranks}, (_, r) => r);

function hostOf(rank) {
  return data.hosts?.[data.hostOfRank?.[rank]] ?? '';
}

/** Of one figure a rank: that of the picked rank, or the sum. */
function ofRanks(figures) {
  if (!figures) return 0;
  return state.rank < 0 ? figures.reduce((sum, x) => sum + (x ?? 0), 0) : figures[state.rank] ?? 0;
}

function ranksInWords() {
  return state.rank >= 0 ? 'rank ' + state.rank : ranks === 1 ? 'the one rank' : `all ${ranks} ranks`;
}

/** An element. Text is text and never markup, whatever a function is called. */
function el(tag, attributes, ...children) {
  const node = tag === 'svg' || svgTags.has(tag) ? document.createElementNS('http://www.w3.org/2000/svg', tag)
      : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'style') node.style.cssText = value;
    else if (value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(child => child != null));
  return node;
}

const svgTags = new Set(['path', 'line', 'circle', 'text', 'title']);

/** One view's place on the page: heading, one sentence, controls at the right; then whatever the view adds. */
function section(id, name, title, sentence, controls) {
  const place = el('section', {id, 'aria-label': title},
      el('div', {class: 'head'}, el('div', null, el('h2', null, title), el('p', {class: 'soft'}, sentence)),
          controls ? el('div', {class: 'controls'}, controls) : null));
  document.querySelector('main').append(place);
  document.getElementById('links').append(el('a', {href: '#' + id}, name));
  return place;
}

/** The quiet sentence where a view would be. */
function nothing(place, view, otherwise) {
  place.append(el('p', {class: 'none', 'data-missing': view}, data.missing?.[view] ?? otherwise));
}

/** The same in a view that lacks only a part. */
function quietly(place, part, otherwise) {
  place.append(el('p', {class: 'soft', 'data-missing': part, style: 'margin-top: 4px'},
      data.missing?.[part] ?? otherwise));
}

/** Buttons of which one is pressed. */
function choice(label, options, chosen, choose) {
  const group = el('span', {class: 'switch', role: 'group', 'aria-label': label}, options.map(([value, text]) =>
    el('button', {'data-value': value, 'aria-pressed': String(value === chosen), onclick: () => choose(value)}, text)));
  group.press = value => [...group.children].forEach(button =>
      button.setAttribute('aria-pressed', String(button.dataset.value === value)));
  return group;
}

function matches(name) {
  return state.query !== '' && name.toLowerCase().includes(state.query);
}

/** The name with its package dimmed, or with what was searched for marked. */
function marked(name) {
  if (!matches(name)) {
    const tail = shortName(name);
    if (name.endsWith(tail)) {
      return [el('span', {class: 'dim'}, name.slice(0, -tail.length)), el('wbr'), el('span', null, tail)];
    }
    return [name.length > 60 ? tail : name];
  }
  const at = name.toLowerCase().indexOf(state.query);
  const end = at + state.query.length;
  return [name.slice(0, at), el('mark', null, name.slice(at, end)), name.slice(end)];
}
