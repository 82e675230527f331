// The lanes of the timeline: from the recorded lists to columns of numbers, and from these to pixels.

/** The flat list of one lane, gap by gap, as columns of absolute times. */
function decoded(flat, fields, from) {
  const n = Math.floor((flat?.length ?? 0) / fields);
  const lane = {start: new Float64Array(n), length: new Float64Array(n), kind: new Uint8Array(n)};
  if (fields === 6) {
    Object.assign(lane, {peer: new Int32Array(n), bytes: new Float64Array(n), waited: new Float64Array(n)});
  }
  let time = from;
  for (let i = 0, at = 0; i < n; i++, at += fields) {
    lane.start[i] = time + flat[at];
    lane.length[i] = flat[at + 1];
    time = lane.start[i] + flat[at + 1];
    lane.kind[i] = flat[at + 2];
    if (fields === 6) {
      lane.peer[i] = flat[at + 3];
      lane.bytes[i] = flat[at + 4];
      lane.waited[i] = flat[at + 5];
    }
  }
  return lane;
}

/** A flat list as rows in the order of the field `by`; `times` are the fields that count from `from`. */
function rowsOf(flat, fields, from, times, by) {
  const rows = [];
  for (let at = 0; at + fields <= (flat?.length ?? 0); at += fields) {
    const row = flat.slice(at, at + fields);
    times.forEach(i => { row[i] += from; });
    rows.push(row);
  }
  return rows.sort((a, b) => a[by] - b[by]);
}

function firstEndingAfter(lane, time) {
  let [low, high] = [0, lane.start.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    if (lane.start[mid] + lane.length[mid] > time) high = mid;
    else low = mid + 1;
  }
  return low;
}

function firstAt(rows, field, time) {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    if (rows[mid][field] >= time) high = mid;
    else low = mid + 1;
  }
  return low;
}

function longestOf(lane, first, last) {
  let best = first;
  for (let i = first; i < last; i++) if (lane.length[i] > lane.length[best]) best = i;
  return best;
}

/** Phases that every run has keep their colours; others take those that are left. */
function phaseColours(kinds) {
  const fixed = {step: 1, exchange: 2, output: 3, start: 4};
  let next = 5;
  return kinds.map(kind => 'phase-' + (fixed[kind] ?? 5 + (next++ - 5) % 4));
}

function fittedTail(text, letters) {
  return text.length <= letters ? text : '…' + text.slice(1 - letters);
}

/**
 * A lane as an image: columns hold how much of them each category covers, stacked from below. `add(cover, i)` calls
 * `cover(category, a, b)` for all that entry i is made of.
 */
function laneImage(g, lane, [begin, end], columns, tall, colours, add) {
  const image = g.createImageData(columns, tall);
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill(pixel('panel'));
  const covered = new Float32Array(colours.length * columns);
  const perUnit = columns / (end - begin);
  const cover = (category, a, b) => {
    const left = Math.max(0, (a - begin) * perUnit);
    const right = Math.min(columns, (b - begin) * perUnit);
    const base = category % colours.length * columns;
    for (let c = Math.floor(left); c < right; c++) covered[base + c] += Math.min(c + 1, right) - Math.max(c, left);
  };
  for (let i = firstEndingAfter(lane, begin); i < lane.start.length && lane.start[i] < end; i++) add(cover, i);
  for (let c = 0; c < columns; c++) {
    let y = tall;
    let sum = 0;
    for (let k = 0; k < colours.length; k++) {
      const part = covered[k * columns + c];
      if (part === 0) continue;
      sum += part;
      // The first always shows, however small: nothing that happened is left out.
      const up = Math.max(0, Math.min(y - (y === tall ? 1 : 0), Math.round(tall * (1 - sum))));
      while (y > up) pixels[--y * columns + c] = colours[k];
    }
  }
  return image;
}

/** A fine line between neighbours of one kind, where they are wide enough to be told apart. */
function separate(g, lane, [begin, end], xOf, y, tall) {
  const least = 5 * (end - begin) / (xOf(end) - xOf(begin));
  g.fillStyle = colour('paper');
  for (let i = Math.max(1, firstEndingAfter(lane, begin)); i < lane.start.length && lane.start[i] < end; i++) {
    const gap = lane.start[i] - lane.start[i - 1] - lane.length[i - 1];
    const alike = lane.kind[i] === lane.kind[i - 1] && gap < least / 5;
    if (alike && lane.length[i] > least && lane.length[i - 1] > least && lane.start[i] > begin) {
      g.fillRect(xOf(lane.start[i]) - 0.5, y, 1, tall);
    }
  }
}
