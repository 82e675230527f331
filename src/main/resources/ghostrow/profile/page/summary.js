// What a reader in a hurry takes along: findings in words, and the key facts of the run.

function summaryView() {
  const title = data.title ?? data.app ?? 'A run';
  document.title = 'Profile: ' + title;
  const place = el('section', {id: 'summary', 'aria-label': 'Summary', style: 'margin-top: 0'},
      el('h1', null, 'Profile of ' + title), el('code', {class: 'command'}, data.command ?? ''));
  document.querySelector('main').append(place);
  document.getElementById('links').append(el('a', {href: '#summary'}, 'Summary'));

  const hosts = data.hosts ?? [];
  const facts = [
    ['Run', brief(seconds(data.seconds))],
    ['Ranks', ranks + (data.threads > 1 ? ` of ${data.threads} threads` : '')],
    [hosts.length > 1 ? hosts.length + ' hosts' : 'Host', shortList(hosts)],
    ['Clocks agree within', data.clock ? '±' + NBSP + brief(seconds(data.clock.uncertainty)) : 'not measured'],
    ['Sampled by', data.sampler ? data.sampler.name
        + (data.sampler.period ? ', every ' + brief(seconds(data.sampler.period)) : '') : 'nothing'],
    ['Started', started()]];
  place.append(el('dl', {class: 'facts'}, facts.filter(([, what]) => what).map(([name, what]) =>
    el('div', null, el('dt', null, name), el('dd', null, what)))));
  if (data.sampler?.note) place.append(el('p', {class: 'soft', style: 'margin-top: 8px'}, data.sampler.note));

  const names = {cost: 'Cost', wait: 'Waiting', memory: 'Memory', rate: 'Rate', try: 'Try', note: 'Note'};
  if (data.summary?.length) {
    place.append(el('ul', {class: 'findings'}, data.summary.map(({about, text}) =>
      el('li', {class: about in names ? about : 'note'},
          el('b', null, names[about] ?? 'Note'), el('span', null, text)))));
  } else {
    nothing(place, 'summary', 'Nothing stands out.');
  }
}

function shortList(names) {
  return names.length <= 4 ? names.join(', ') : `${names[0]}, ${names[1]} … ${names[names.length - 1]}`;
}

function started() {
  const time = new Date(data.started ?? NaN);
  return isNaN(time) ? '' : time.toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
}
