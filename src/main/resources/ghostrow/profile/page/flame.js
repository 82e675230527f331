// The flame graph, root on top: a box's width is the time of a function with all it calls.

const ROW = 19;

function flameView() {
  const place = section('flame', 'Flame graph', 'Flame graph', 'Who calls whom, from the top down: a box is as wide as '
    + 'a function and all it calls are costly; what is free below it is its own.', basisChoice());
  if (!callTree()) {
    nothing(place, 'tree', 'No call tree was recorded.');
    return;
  }
  const height = (tree, width) => Math.max(2, ...flameBoxes(tree, width).map(box => box.y + ROW + 1));
  treeDrawing(place, 'flame', 'Flame graph of the call tree', height, flameBoxes, (g, tree, box) => {
    const name = nameOf(tree, box.node);
    if (box.node === 0) {
      g.fillStyle = colour('panel');
      g.fillRect(box.x, box.y, box.width, box.height);
      g.fillStyle = colour('ink');
      g.fillText(name, box.x + 4, box.y + ROW / 2);
    } else {
      paintBox(g, name, box.x, box.y, box.width - (box.width > 3 ? 1 : 0), box.height - 1, box.y + ROW / 2, box.above);
    }
  });
  place.append(familyLegend());
  if (!data.alloc?.self) quietly(place, 'alloc', 'Allocated bytes were not recorded.');
}

function flameBoxes(tree, width) {
  const boxes = [];
  const above = [];
  for (let node = tree.parent[state.zoom] ?? -1; node >= 0; node = tree.parent[node]) above.unshift(node);
  above.forEach((node, row) => boxes.push({node, x: 0, y: row * ROW, width, height: ROW, above: true}));
  const scale = width / (tree.sum[state.zoom] || 1);
  const open = [{node: state.zoom, x: 0, row: above.length}];
  while (open.length > 0) {
    const {node, x, row} = open.pop();
    boxes.push({node, x, y: row * ROW, width: tree.sum[node] * scale, height: ROW});
    let right = x;
    for (const child of tree.children[node]) {
      const wide = tree.sum[child] * scale;
      if (wide < 0.4) break;
      open.push({node: child, x: right, row: row + 1});
      right += wide;
    }
  }
  return boxes;
}
