// The call tree, with its time or its bytes for the picked ranks; the flame graph and the map draw it.

const names = data.frames ?? [];
const trees = new Map();
const MOST_TREES = 4;

/** The tree behind `state.basis`: each node's own amount, that with all below it, and its children, large first. */
function callTree() {
  const source = state.basis === 'alloc' ? data.alloc : data.tree;
  if (!source?.self) return null;
  const key = state.basis + state.rank;
  if (trees.has(key)) return trees.get(key);
  const parent = source.parent ?? data.tree.parent;
  const frame = source.frame ?? data.tree.frame;
  const own = new Float64Array(parent.length);
  for (const [rank, pairs] of Object.entries(source.self)) {
    if (state.rank >= 0 && Number(rank) !== state.rank || !pairs) continue;
    for (let i = 0; i < pairs.length; i += 2) own[pairs[i]] += pairs[i + 1];
  }
  const sum = Float64Array.from(own);
  const children = parent.map(() => []);
  for (let node = parent.length - 1; node > 0; node--) {
    sum[parent[node]] += sum[node];
    if (sum[node] > 0) children[parent[node]].push(node);
  }
  children.forEach(list => list.sort((a, b) => sum[b] - sum[a]));
  if (trees.size >= MOST_TREES) trees.clear();
  trees.set(key, {parent, frame, own, sum, children});
  return trees.get(key);
}

function nameOf(tree, node) {
  return node === 0 ? ranksInWords() : names[tree.frame[node]] ?? '?';
}

function amount(x) {
  return state.basis === 'alloc' ? bytes(x) : seconds(x);
}

function nodeTip(tree, node) {
  const all = tree.sum[0];
  return [nameOf(tree, node), `with all it calls ${amount(tree.sum[node])}, ${percent(tree.sum[node] / all)}`,
    `itself ${amount(tree.own[node])}, ${percent(tree.own[node] / all)}`];
}

/** How much is in or below functions that match the search; what is below two of them counts once. */
function share(tree) {
  const found = new Set();
  const inside = new Uint8Array(tree.parent.length);
  let sum = 0;
  for (let node = 1; node < tree.parent.length; node++) {
    const matching = matches(names[tree.frame[node]] ?? '');
    if (matching && tree.sum[node] > 0) found.add(tree.frame[node]);
    if (matching && !inside[tree.parent[node]]) sum += tree.sum[node];
    inside[node] = matching || inside[tree.parent[node]] ? 1 : 0;
  }
  return {functions: found.size, share: sum / tree.sum[0]};
}

function searchInWords(tree) {
  if (state.query === '') return '';
  const {functions, share: part} = share(tree);
  return functions === 0 ? `No function here matches “${state.query}”.`
    : `${functions} ${functions === 1 ? 'function matches' : 'functions match'} “${state.query}”: `
      + `${percent(part)} of ` + (state.basis === 'alloc' ? 'the bytes' : 'the time') + ', with all they call.';
}

/**
 * What the two drawings of the tree share: the way back, clicks, keys, the search in words. `layout(tree, width)` puts
 * boxes {node, x, y, width, height} in the order of drawing; a box lies over those before it.
 */
function treeDrawing(place, name, label, height, layout, paint) {
  const crumbs = el('div', {class: 'crumbs'});
  const said = el('output', {'aria-live': 'polite'});
  place.append(crumbs);
  let boxes = [];
  let chosen = -1;
  const at = (x, y) => boxes.findLast(b => x >= b.x && x < b.x + b.width && y >= b.y && y < b.y + b.height);
  const one = drawing(place, name, label, width => height(callTree(), width), (g, width, tall) => {
    const tree = callTree();
    boxes = layout(tree, width, tall);
    g.font = BOX_FONT;
    for (const box of boxes) paint(g, tree, box);
    const box = boxes.find(b => b.node === chosen);
    if (box) {
      g.strokeStyle = colour('ink');
      g.lineWidth = 2;
      g.strokeRect(box.x + 1, box.y + 1, Math.max(1, box.width - 2), box.height - 2);
    }
  }, {tall: true, at: (x, y) => {
    const box = at(x, y);
    return box ? nodeTip(callTree(), box.node) : null;
  }});
  const hint = 'Click zooms, Escape goes back; arrows and Enter do it by keys.';
  place.append(el('div', {class: 'status'}, said, el('span', {class: 'hint'}, hint)));

  function words() {
    const tree = callTree();
    const path = [];
    for (let node = state.zoom; node >= 0; node = tree.parent[node]) path.unshift(node);
    const shown = path.length > 7 ? [...path.slice(0, 1), null, ...path.slice(-5)] : path;
    crumbs.replaceChildren(...shown.flatMap((node, i) => {
      const text = node === null ? '…' : node === 0 ? 'Everything' : shortName(nameOf(tree, node));
      const last = i === shown.length - 1;
      return [i > 0 ? ' › ' : '', node === null || last ? el('span', null, text)
        : el('button', {onclick: () => picked({zoom: node})}, text)];
    }), ` ${amount(tree.sum[state.zoom])}, ${percent(tree.sum[state.zoom] / tree.sum[0])}`);
    said.textContent = searchInWords(tree);
  }
  one.canvas.addEventListener('click', event => {
    const box = at(event.offsetX, event.offsetY);
    chosen = -1;
    if (box) picked({zoom: box.node});
  });
  one.canvas.addEventListener('keydown', event => {
    const tree = callTree();
    const from = chosen < 0 ? state.zoom : chosen;
    const siblings = from === 0 ? [0] : tree.children[tree.parent[from]];
    const beside = step => siblings[siblings.indexOf(from) + step] ?? from;
    const drawn = (node, otherwise) => boxes.some(box => box.node === node) ? node : otherwise;
    const keys = {
      ArrowLeft: () => { chosen = drawn(beside(-1), from); },
      ArrowRight: () => { chosen = drawn(beside(1), from); },
      ArrowUp: () => { chosen = Math.max(0, tree.parent[from]); },
      ArrowDown: () => { chosen = drawn(tree.children[from][0], from); },
      Enter: () => picked({zoom: from}),
      '+': () => picked({zoom: chosen < 0 ? tree.children[from][0] ?? from : from}),
      '-': () => picked({zoom: Math.max(0, tree.parent[state.zoom])}),
      0: () => { chosen = -1; picked({zoom: 0}); },
      Escape: () => { chosen = -1; picked({zoom: 0}); }};
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
    const box = boxes.find(b => b.node === chosen);
    said.textContent = box ? nodeTip(tree, chosen).join('; ') : searchInWords(tree);
    one.soon();
  });
  views.push(change => {
    if (!callTree()) return;
    if ('basis' in change || 'rank' in change) chosen = -1;
    words();
    if (!change.colours) one.soon();
  });
  words();
  return one;
}

/** One function's box: its colour, dimmed if a search looks for others, and as much of its name as fits. */
function paintBox(g, name, x, y, width, height, textAt, dimmed) {
  const hit = matches(name);
  g.globalAlpha = state.query !== '' && !hit || dimmed ? 0.4 : 1;
  g.fillStyle = boxColour(name);
  g.fillRect(x, y, width, height);
  g.globalAlpha = 1;
  if (hit) {
    g.fillStyle = colour('hit');
    g.fillRect(x, y, width, Math.min(3, height / 4));
  }
  const text = width > 22 ? fitted(g, name, width - 7) : '';
  if (text) {
    g.fillStyle = state.query !== '' && !hit || dimmed ? colour('ink') : colour('box-ink');
    g.fillText(text, x + 4, textAt);
  }
}

/** By time or by bytes, where both are there. */
function basisChoice() {
  if (!data.tree?.self || !data.alloc?.self) return null;
  const buttons = choice('Size of the boxes', [['time', 'Time'], ['alloc', 'Allocated bytes']], state.basis,
      basis => picked({basis, zoom: 0}));
  views.push(change => { if ('basis' in change) buttons.press(change.basis); });
  return buttons;
}

