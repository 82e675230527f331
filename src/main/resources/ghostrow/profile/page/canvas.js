// Drawings: sharp on every screen, drawn anew when their width, the reader's choice or the colours change.

const drawings = [];
const PAPER = 720;
const tip = document.getElementById('tip');

/**
 * A canvas in `place`. `height(width)` says how high it is, `draw(g, width, height)` draws it, both in CSS pixels;
 * `options.at(x, y)` answers what lies there, as lines for the tooltip, or null.
 */
function drawing(place, name, label, height, draw, options = {}) {
  const canvas = el('canvas', {tabindex: 0, role: 'img', 'aria-label': label});
  const box = el('div', {class: 'drawing' + (options.tall ? ' tall' : '')}, canvas);
  place.append(box);
  let due = 0;
  function now() {
    cancelAnimationFrame(due);
    due = 0;
    const printing = document.documentElement.classList.contains('printing');
    const width = printing ? Math.min(box.clientWidth, PAPER) : box.clientWidth;
    if (width === 0) return;
    const start = performance.now();
    const scale = Math.max(printing ? 2 : 1, window.devicePixelRatio || 1);
    const tall = Math.max(1, Math.round(height(width)));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(tall * scale);
    const g = canvas.getContext('2d');
    g.scale(canvas.width / width, canvas.height / tall);
    g.textBaseline = 'middle';
    draw(g, width, tall);
    performance.measure(name, {start, end: performance.now()});
  }
  const it = {canvas, box, now, soon: () => { due = due || requestAnimationFrame(now); }};
  drawings.push(it);
  let seen = 0;
  new ResizeObserver(() => {
    if (box.clientWidth !== seen) {
      seen = box.clientWidth;
      it.soon();
    }
  }).observe(box);
  if (options.at) {
    canvas.addEventListener('pointermove', event => showTip(event, options.at(event.offsetX, event.offsetY)));
    canvas.addEventListener('pointerleave', () => showTip(null, null));
  }
  return it;
}

/** The first line is the name, the others are figures. */
function showTip(event, lines) {
  tip.hidden = !lines;
  if (!lines) return;
  tip.replaceChildren(...lines.filter(line => line != null).map((line, i) => el(i === 0 ? 'b' : 'span', null, line)));
  const {width, height} = tip.getBoundingClientRect();
  const right = event.clientX + 14;
  const below = event.clientY + 18;
  tip.style.left = Math.max(4, right + width > innerWidth ? event.clientX - width - 10 : right) + 'px';
  tip.style.top = (below + height > innerHeight ? event.clientY - height - 10 : below) + 'px';
}

let known = new Map();

/** A colour of the style sheet, as it now is. */
function colour(name) {
  if (!known.has(name)) {
    known.set(name, getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim());
  }
  return known.get(name);
}

/** The same as one pixel of an image. */
function pixel(name) {
  const key = 'pixel ' + name;
  if (!known.has(key)) {
    const n = parseInt(colour(name).slice(1), 16);
    known.set(key, 0xff000000 | (n & 0xff) << 16 | n & 0xff00 | n >> 16);
  }
  return known.get(key);
}

function newColours() {
  known = new Map();
  drawings.forEach(one => one.now());
  views.forEach(view => view({colours: true}));
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', newColours);
// Paper is white: the canvases too are drawn anew for it.
addEventListener('beforeprint', () => { document.documentElement.classList.add('printing'); newColours(); });
addEventListener('afterprint', () => { document.documentElement.classList.remove('printing'); newColours(); });

const FAMILIES = [['program', 'program'], ['jdk', 'JDK'], ['native', 'MPI and native'], ['jvm', 'JVM: JIT, GC']];

/** Whose code this is. */
function family(name) {
  if (/^(java|javax|jdk|sun|com\.sun)[./]/.test(name)) return 'jdk';
  if (name.includes('::') || /\b(C1|C2|G1|GC|VM Thread|JIT|interpreter)\b|compiler?thread/i.test(name)) return 'jvm';
  if (/^\w+([.$/]\w+)+/.test(name) && !/\.so\b/.test(name)) return 'program';
  return 'native';
}

function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ h >>> 15, 2246822507);
  return (h ^ h >>> 13) >>> 0;
}

/** A function's colour: the hue of its family, turned and lightened a little by its name, the same in every view. */
function boxColour(name) {
  const key = 'box ' + name;
  if (!known.has(key)) {
    const h = hash(name);
    const [light, chroma, hue] = colour(family(name)).split(' ').map(Number);
    known.set(key, `oklch(${(light + ((h >>> 8) % 9 - 4) * 0.008).toFixed(3)} ${chroma} ${hue + h % 25 - 12})`);
  }
  return known.get(key);
}

function familyLegend() {
  return el('div', {class: 'legend'}, FAMILIES.map(([key, text]) =>
    el('span', null, el('i', {style: `background: oklch(var(--${key}))`}), text)));
}

const SMALL_FONT = '11px system-ui, Arial, "DejaVu Sans", sans-serif';
const BOX_FONT = '11px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace';
let letterWidth = 0;

/** As much of a function's name as fits: all of it, class and method, or the beginning of these. */
function fitted(g, name, width) {
  letterWidth = letterWidth || g.measureText('mmmmmmmmmm').width / 10;
  const letters = Math.floor(width / letterWidth);
  if (name.length <= letters) return name;
  const short = shortName(name);
  if (short.length <= letters) return short;
  return letters < 4 ? '' : short.slice(0, letters - 1) + '…';
}

/** Class and method of Java; the name alone of C++, without types of what it takes and gives. */
function shortName(name) {
  if (name.includes('::')) return name.replace(/(?<=.)\(.*$/, '').replace(/<.*>/, '').replace(/^.* (?=.)/, '');
  return /^[\w$.]+$/.test(name) ? name.split('.').slice(-2).join('.') : name;
}

/** Round places on a scale from `from` to `to`, about `wanted` of them. */
function ticks(from, to, wanted) {
  const rough = (to - from) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find(m => m * power >= rough * 0.999);
  const places = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) places.push(i * step);
  return {places, step};
}
