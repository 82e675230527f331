// Source text with what its lines cost.

function linesView() {
  const methods = [...data.lines ?? []].map(m => ({...m, total: sumOf(m.rows, 'seconds'),
    hits: sumOf(m.rows, 'hits')})).sort((a, b) => b.total - a.total || b.hits - a.hits);
  const pick = el('select', {'aria-label': 'Method', onchange: () => draw(methods[pick.selectedIndex])},
      methods.map(m => el('option', null, `${shortName(m.method)}  ${seconds(m.total)}`)));
  const place = section('lines', 'Lines', 'Lines', 'The source of the costliest methods: how often each line ran, how '
    + 'long, and its share of the method.', methods.length > 1 ? pick : null);
  place.classList.add('long');
  if (methods.length === 0) {
    nothing(place, 'lines', 'No lines were counted.');
    return;
  }
  const shown = el('div');
  place.append(shown);

  function draw(method) {
    const rows = method.rows ?? [];
    const hits = rows.some(r => r.hits != null);
    const allocated = rows.some(r => r.bytes != null);
    const most = Math.max(...rows.map(r => r.seconds ?? 0));
    const body = [];
    rows.forEach((r, i) => {
      if (i > 0 && r.line > rows[i - 1].line + 1) body.push(el('tr', {class: 'gap'}, el('td', null, '⋮')));
      const time = r.seconds ?? 0;
      body.push(el('tr', {class: time > 0 ? 'hot' : null, style: `--heat-share: ${0.55 * time / (most || 1)}`},
          el('td', {class: 'dim'}, r.line),
          hits ? el('td', null, r.hits == null ? '' : count(r.hits)) : null,
          hits ? el('td', {class: 'dim'}, r.hits > 0 && time > 0 ? seconds(time / r.hits) : '') : null,
          allocated ? el('td', null, r.bytes ? bytes(r.bytes) : '') : null,
          el('td', {title: r.samples ? `${count(r.samples)} ± ${sigma(r.samples)} samples` : null},
              time > 0 ? seconds(time) : ''),
          time > 0 ? bar(time / method.total) : el('td'),
          el('td', {class: 'text code'}, r.text ?? '')));
    });
    const titles = ['Line', ...hits ? ['Hits', 'Per hit'] : [], ...allocated ? ['Bytes'] : [], 'Time', 'Share'];
    shown.replaceChildren(el('h3', {class: 'code'}, marked(method.method)), el('p', {class: 'soft'}, method.file ?? ''),
        ...method.note ? [el('p', {class: 'none blur'}, method.note)] : [],
        el('div', {class: 'wide'}, el('table', {class: 'lines full'},
            el('thead', null, el('tr', null, titles.map(t => el('th', null, t)), el('th', {class: 'words'}, 'Source'))),
            el('tbody', null, body))));
  }
  draw(methods[0]);
  views.push(change => { if ('query' in change) draw(methods[Math.max(0, pick.selectedIndex)]); });
}

function sumOf(rows, key) {
  return (rows ?? []).reduce((sum, row) => sum + (row[key] ?? 0), 0);
}
