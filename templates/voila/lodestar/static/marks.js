// What a mark says: shown beside the pointer, under a finger, and by the arrow keys. The words come
// with the picture (data-tip); no chart engine is needed.
const NEXT = "\u2063";
const SAYS = ":\u2062 ";
const REACH = 28;
const AWAY = 12;
const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const known = new WeakMap();
let card;
let shown = null;

function tip() {
  if (card?.isConnected) return card;
  card = document.createElement("div");
  card.className = "ls-tip";
  card.setAttribute("role", "status");
  card.append(document.createElement("b"), document.createElement("span"));
  document.body.append(card);
  return card;
}

// A line says something at each of its points, which are the corners of its path.
function corners(path) {
  const said = path.dataset.tip.split(NEXT);
  const at = [...(path.getAttribute("d") ?? "").matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)];
  if (said.length < 2 || said.length !== at.length) return null;
  return said.map((text, place) => ({ path, text, x: Number(at[place][1]), y: Number(at[place][2]) }));
}

function box(mark) {
  const rect = mark.path.getBoundingClientRect();
  if (mark.x === undefined) return rect;
  const { a, b, c, d, e, f } = mark.path.getScreenCTM();
  const [x, y] = [a * mark.x + c * mark.y + e, b * mark.x + d * mark.y + f];
  return new DOMRect(x - 3, y - 3, 6, 6);
}

// The marks of a picture: along its lines where it has any, else in reading order.
function marks(svg) {
  if (!known.has(svg)) {
    const all = [...svg.querySelectorAll("[data-tip]")].flatMap((path) =>
      corners(path) ?? { path, text: path.dataset.tip.split(NEXT)[0] });
    const placed = all.map((mark) => ({ mark, at: box(mark) }));
    if (all.every((mark) => mark.x === undefined)) placed.sort((one, other) => Math.round((one.at.top + one.at.bottom - other.at.top - other.at.bottom) / 16)
      || one.at.left + one.at.right - other.at.left - other.at.right);
    known.set(svg, placed.map(({ mark }) => mark));
  }
  return known.get(svg);
}

function nearest(svg, x, y, reach) {
  let found = null;
  for (const mark of marks(svg)) {
    const at = box(mark);
    const far = Math.hypot(Math.max(at.left - x, 0, x - at.right), Math.max(at.top - y, 0, y - at.bottom));
    const centre = Math.hypot((at.left + at.right) / 2 - x, (at.top + at.bottom) / 2 - y);
    const closer = !found || far < found.far || (far === found.far && centre < found.centre);
    if (far <= reach && closer) found = { mark, far, centre };
  }
  return found?.mark ?? null;
}

// A point of a line is shown by a ring: the line goes on beyond it.
function ring(mark) {
  const circle = document.createElementNS(mark.path.namespaceURI, "circle");
  const known = { cx: mark.x, cy: mark.y, r: 5, class: "ls-ring", transform: mark.path.getAttribute("transform") };
  for (const [name, value] of Object.entries(known)) if (value !== null) circle.setAttribute(name, value);
  mark.path.after(circle);
}

export function hide() {
  if (!shown) return;
  shown.path.classList.remove("ls-on");
  shown.path.parentNode?.querySelector(".ls-ring")?.remove();
  shown = null;
  card?.classList.remove("ls-open");
}

function show(mark) {
  if (shown && (shown === mark || shown.path === mark.path && shown.text === mark.text)) return;
  hide();
  shown = mark;
  if (mark.x === undefined) mark.path.classList.add("ls-on"); else ring(mark);
  const label = tip();
  const [name, figures] = mark.text.split(SAYS);
  label.firstChild.textContent = figures ? name : "";
  label.lastChild.textContent = figures ?? name;
  label.classList.add("ls-open");
  place(label, box(mark));
}

// Above the mark, below where there is no room; never beyond the edge of the screen.
function place(label, at) {
  const { offsetWidth: wide, offsetHeight: tall } = label;
  const middle = Math.min(Math.max((Math.max(at.left, 0) + Math.min(at.right, innerWidth)) / 2, 0), innerWidth);
  const left = Math.min(Math.max(middle - wide / 2, 8), innerWidth - wide - 8);
  const above = at.top - tall - AWAY;
  label.style.left = `${left}px`;
  label.style.top = `${above > 8 ? above : Math.min(at.bottom + AWAY, innerHeight - tall - 8)}px`;
}

const chart = (target) => target.closest?.(".ls-chart svg[data-tips]");

function point(event) {
  const svg = chart(event.target);
  const touch = event.pointerType === "touch";
  const mark = svg && nearest(svg, event.clientX, event.clientY, touch ? Infinity : REACH);
  if (mark) show(mark); else hide();
}

function step(event) {
  const svg = chart(event.target);
  if (event.key === "Escape") hide();
  if (!svg || event.target !== svg || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = stops(svg);
  const here = shown && svg.contains(shown.path) ? all.findIndex((mark) => mark.text === shown.text) : -1;
  let next = { Home: 0, End: all.length - 1 }[event.key];
  if (event.key in KEYS) next = Math.min(Math.max(here + KEYS[event.key], 0), all.length - 1);
  if (next === undefined) return;
  event.preventDefault();
  show(all[next]);
}

// Several marks may say the same: a dot, the band behind it. The keys stop at one, the last drawn.
const stops = (svg) => [...new Map(marks(svg).map((mark) => [mark.text, mark])).values()];

let listening = false;

// A picture with words is a stop for the keyboard; its marks are reached by the arrow keys.
export function speaks(svg) {
  if (!svg.querySelector("[data-tip]")) return;
  svg.dataset.tips = "";
  svg.tabIndex = 0;
  if (listening) return;
  listening = true;
  document.addEventListener("pointermove", (event) => event.pointerType !== "touch" && point(event));
  document.addEventListener("pointerdown", point);
  document.addEventListener("keydown", step);
  document.addEventListener("focusout", hide);
  document.addEventListener("scroll", hide, { capture: true, passive: true });
}
