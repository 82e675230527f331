// The square map: the same tree as nested rectangles, each about as large as what it costs, and as square as can be.

const TITLE = 15;
const LEAST = 4;

function mapView() {
  const place = section('map', 'Map', 'Square map', 'The same tree as areas: a function holds those it calls, and what '
    + 'is left of its area is its own; chains of single calls are one frame.', basisChoice());
  if (!callTree()) {
    nothing(place, 'tree', 'No call tree was recorded.');
    return;
  }
  const height = (tree, width) => Math.min(560, Math.max(320, width * 0.5));
  treeDrawing(place, 'map', 'Square map of the call tree', height, mapBoxes, (g, tree, box) => {
    const name = box.node === 0 ? '' : nameOf(tree, box.node);
    if (box.node === 0) {
      g.fillStyle = colour('panel');
      g.fillRect(box.x, box.y, box.width, box.height);
      return;
    }
    g.save();
    g.beginPath();
    g.rect(box.x, box.y, box.width, box.height);
    g.clip();
    paintBox(g, name, box.x, box.y, box.width, box.height, box.titled ? box.y + TITLE / 2 + 1 : -99);
    g.restore();
    g.strokeStyle = colour('paper');
    g.lineWidth = 1;
    g.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
  });
}

function mapBoxes(tree, width, height) {
  const boxes = [];
  fill(tree, state.zoom, {x: 0, y: 0, width, height}, boxes);
  return boxes;
}

function fill(tree, top, area, boxes) {
  let node = top;
  while (tree.children[node].length > 0 && tree.sum[tree.children[node][0]] > tree.sum[top] * 0.995) {
    node = tree.children[node][0];
  }
  const leaf = tree.children[node].length === 0;
  const titled = node > 0 && area.width > 30 && area.height > (leaf ? TITLE - 2 : 2 * TITLE);
  boxes.push({node, titled, ...area});
  const title = titled ? TITLE : 2;
  const inside = {x: area.x + 2, y: area.y + title, width: area.width - 4, height: area.height - title - 2};
  if (inside.width < 3 || inside.height < 3) return;
  const items = tree.children[node].map(child => ({node: child, size: tree.sum[child]}));
  items.push({node: -1, size: tree.own[node]});
  items.sort((a, b) => b.size - a.size);
  squarify(items.filter(item => item.size > tree.sum[node] * 1e-4), inside, (item, place) => {
    if (item.node >= 0 && place.width >= LEAST && place.height >= LEAST) fill(tree, item.node, place, boxes);
  });
}

/** Bruls, Huizing, van Wijk: rows along the shorter side, each taking items as long as they grow more square. */
function squarify(items, area, put) {
  let {x, y, width, height} = area;
  let left = items.reduce((sum, item) => sum + item.size, 0);
  for (let i = 0; i < items.length;) {
    const side = Math.min(width, height);
    const scale = width * height / left;
    let row = 0;
    let best = Infinity;
    let end = i;
    while (end < items.length) {
      const sum = row + items[end].size;
      const depth = sum * scale / side;
      const worst = Math.max(items[i].size * scale / depth ** 2, depth ** 2 / (items[end].size * scale));
      if (worst > best) break;
      best = worst;
      row = sum;
      end++;
    }
    const depth = row * scale / side;
    let along = 0;
    for (; i < end; i++) {
      const length = items[i].size / row * side;
      put(items[i], width < height ? {x: x + along, y, width: length, height: depth}
        : {x, y: y + along, width: depth, height: length});
      along += length;
    }
    if (width < height) {
      y += depth;
      height -= depth;
    } else {
      x += depth;
      width -= depth;
    }
    left -= row;
  }
}
