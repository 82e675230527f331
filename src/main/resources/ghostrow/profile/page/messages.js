// Who sends to whom, who waits for whom, and what each kind of call costs.

function messagesView() {
  let what = 'bytes';
  const switcher = choice('Messages by', [['bytes', 'Bytes'], ['count', 'Messages']], what, value => {
    what = value;
    switcher.press(value);
    messages?.soon();
  });
  const place = section('messages', 'Messages', 'Messages and waiting', 'Left: rows send, columns receive. Right: each '
    + 'row waited for the ranks of the columns. The stronger the colour, the more.', data.messages ? switcher : null);
  const both = el('div', {class: 'two'});
  place.append(both);
  const messages = matrix(both, 'messages', 'Messages', 'from', 'to', () => data.messages?.[what],
      x => what === 'bytes' ? bytes(x) : count(x), 'Messages were not counted.',
      (row, column) => [`rank ${row} → rank ${column}`, count(data.messages.count?.[row]?.[column]) + ' messages',
        bytes(data.messages.bytes?.[row]?.[column])]);
  matrix(both, 'waits', 'Waiting', 'waits', 'for', () => data.waits, seconds, 'Nobody’s waiting was measured.',
      (row, column, x) => [`rank ${row} waited for rank ${column}`, seconds(x),
        percent(x / data.seconds) + ' of the run']);
  callsTable(place);
}

function matrix(both, view, title, rows, columns, cells, words, otherwise, tipOf) {
  const figure = el('figure', null, el('h3', null, title));
  both.append(figure);
  if (!cells()) {
    nothing(figure, view, otherwise);
    return null;
  }
  const left = 46;
  const top = 40;
  const n = ranks;
  const side = width => Math.min(72, (width - left - 1) / n);
  const high = cell => Math.min(cell, n <= 12 ? 34 : cell);
  let cell = 1;
  const height = width => top + n * high(side(width)) + 1;
  const one = drawing(figure, view, `${title}: ${n} by ${n} ranks`, height, (g, width) => {
    cell = side(width);
    const tall = high(cell);
    const values = cells();
    const most = Math.max(...values.map(largest)) || 1;
    const every = Math.max(1, Math.ceil(18 / tall), Math.ceil(26 / cell));
    g.font = SMALL_FONT;
    g.textAlign = 'center';
    g.fillStyle = colour('soft');
    g.fillText(columns, left + n * cell / 2, 9);
    g.textAlign = 'right';
    g.fillText(rows, left - 8, 28);
    for (let i = 0; i < n; i++) {
      const bold = i === state.rank;
      if (i % every !== 0 && !bold) continue;
      g.fillStyle = colour(bold ? 'ink' : 'soft');
      g.textAlign = 'right';
      g.fillText(i, left - 8, top + (i + 0.5) * tall);
      g.textAlign = 'center';
      g.fillText(i, left + (i + 0.5) * cell, 28);
    }
    const gap = cell > 8 ? 1 : 0;
    g.fillStyle = colour('panel');
    if (gap === 0) g.fillRect(left, top, n * cell, n * tall);
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        const value = values[row]?.[column] ?? 0;
        const faded = state.rank >= 0 && row !== state.rank && column !== state.rank;
        const x = left + column * cell;
        const y = top + row * tall;
        const weight = value > 0 ? 0.1 + 0.9 * value / most : 0;
        g.fillStyle = colour('panel');
        if (gap > 0) g.fillRect(x, y, cell - gap, tall - gap);
        if (value > 0) {
          g.globalAlpha = faded ? 0.2 : 1;
          g.fillStyle = `rgb(${colour('heat')} / ${weight})`;
          g.fillRect(x, y, cell - gap, tall - gap);
          if (cell >= 50 && tall >= 16) {
            g.globalAlpha = 1;
            g.fillStyle = weight > 0.55 && !faded ? colour('paper') : colour(faded ? 'soft' : 'ink');
            g.fillText(words(value), x + cell / 2, y + tall / 2);
          }
          g.globalAlpha = 1;
        }
      }
    }
  }, {at: (x, y) => {
    const column = Math.floor((x - left) / cell);
    const row = Math.floor((y - top) / high(cell));
    return row < 0 || column < 0 || row >= n || column >= n ? null : tipOf(row, column, cells()[row]?.[column] ?? 0);
  }});
  views.push(change => { if ('rank' in change) one.soon(); });
  return one;
}

function callsTable(place) {
  const box = el('div', {style: 'margin-top: 22px'}, el('h3', null, 'MPI calls'));
  place.append(box);
  if (!data.mpi?.length) {
    nothing(box, 'mpi', 'MPI calls were not recorded.');
    return;
  }
  const note = el('p', {class: 'soft'});
  const table = el('div', {class: 'wide'});
  box.append(note, table);
  const groups = [['calls', 'Calls', count], ['bytes', 'Bytes', bytes], ['seconds', 'Time', seconds],
    ['waiting', 'of it waiting', seconds]];

  function draw() {
    const one = state.rank >= 0;
    note.textContent = one ? `Of rank ${state.rank}.`
      : 'The rank with the least, the mean of all, the rank with the most.';
    const heads = groups.map(([, title]) =>
      el('th', {class: one ? 'first' : 'group first', colspan: one ? 1 : 3}, title));
    const below = groups.flatMap(() =>
      ['least', 'mean', 'most'].map((t, i) => el('th', {class: i === 0 ? 'first' : null}, t)));
    const sum = call => (call.seconds ?? []).reduce((a, b) => a + (b ?? 0), 0);
    table.replaceChildren(el('table', {class: one ? null : 'full'},
        el('thead', null, el('tr', null, el('th', {class: 'words', rowspan: one ? 1 : 2}, 'Call'), heads),
            one ? null : el('tr', null, below)),
        el('tbody', null, [...data.mpi].sort((a, b) => sum(b) - sum(a)).map(call =>
          el('tr', null, el('td', {class: 'words code'}, call.call),
              groups.flatMap(([key, , words]) => cellsOf(call[key], words)))))));
  }

  function cellsOf(figures, words) {
    if (state.rank >= 0) return [el('td', {class: 'first'}, words(figures?.[state.rank]))];
    const there = (figures ?? []).filter(x => x != null);
    if (there.length === 0) return [el('td', {class: 'first each', colspan: 3}, '–')];
    const least = Math.min(...there);
    const most = Math.max(...there);
    if (least === most) {
      return [el('td', {class: 'first each', colspan: 3}, words(least) + (ranks > 1 && most > 0 ? ' each' : ''))];
    }
    const mean = there.reduce((a, b) => a + b, 0) / there.length;
    return [least, mean, most].map((x, i) => el('td', {class: i === 0 ? 'first' : null}, words(x)));
  }
  draw();
  views.push(change => { if ('rank' in change) draw(); });
}
