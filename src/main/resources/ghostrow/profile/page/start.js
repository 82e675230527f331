// Builds the page, view by view, and listens to what belongs to all of them.

summaryView();
timelineView();
flameView();
mapView();
functionsView();
linesView();
memoryView();
messagesView();

const rankPicker = document.getElementById('rank');
rankPicker.append(el('option', {value: -1}, ranks === 1 ? 'the one' : `all ${ranks}`), ...everyRank.map(rank =>
  el('option', {value: rank}, `rank ${rank}` + (hostOf(rank) ? ` on ${hostOf(rank)}` : ''))));
rankPicker.addEventListener('change', () => picked({rank: Number(rankPicker.value)}));

const search = document.getElementById('search');
search.addEventListener('input', () => find(search.value));

const keys = document.getElementById('keys');
const KEYS = [['/', 'search functions'], ['?', 'this list'],
  ['Tab', 'to the next drawing; the keys below are for the one that is framed'],
  ['← →', 'timeline: earlier, later; flame graph and map: to the box beside'],
  ['↑ ↓', 'timeline: closer, farther; flame graph and map: to who calls, to who is called'],
  ['+ −', 'closer, farther'], ['Enter', 'zoom to the framed box'], ['0  Esc', 'show everything again'],
  ['Wheel', 'timeline: zoom, after a click on it or with Ctrl; sideways or with Shift: move'],
  ['Drag', 'timeline: zoom to what was swept; with Shift: move'], ['Click', 'zoom to the entry or box']];
keys.append(el('h2', null, 'Keys and mouse'), el('table', null, KEYS.map(([key, what]) =>
  el('tr', null, el('td', {class: 'words'}, key.split(' ').filter(k => k).flatMap(k => [el('kbd', null, k), ' '])),
      el('td', {class: 'words', style: 'white-space: normal'}, what)))),
el('button', {onclick: () => keys.close()}, 'Close'));
document.getElementById('help').addEventListener('click', () => keys.showModal());

addEventListener('keydown', event => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName ?? '');
  if (event.key === 'Escape' && !keys.open && !event.defaultPrevented) {
    search.value = '';
    search.blur();
    rankPicker.value = -1;
    picked({rank: -1, query: '', zoom: 0, whole: true});
  }
  if (typing || keys.open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/') {
    event.preventDefault();
    search.focus();
  } else if (event.key === '?') {
    keys.showModal();
  }
});

// The link of the view that is being read is marked.
const links = [...document.querySelectorAll('#links a')];
const reading = new IntersectionObserver(() => {
  const ids = links.map(link => link.hash.slice(1));
  const passed = id => document.getElementById(id).getBoundingClientRect().top < innerHeight * 0.35;
  const now = ids.findLast(passed) ?? ids[0];
  links.forEach(link => link.classList.toggle('here', link.hash === '#' + now));
}, {rootMargin: '0px 0px -60% 0px', threshold: [0, 0.01, 0.1, 0.5, 1]});
document.querySelectorAll('main section').forEach(one => reading.observe(one));
