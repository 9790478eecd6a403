// Narrow screens get another layout, not a smaller picture: the chart is laid out anew from its
// specification, names of rows above their marks, charts side by side one below the other. It takes
// the least width at which no words collide; where that is wider than the screen, it scrolls.
const LEAST = 116;
const WIDER = [LEAST, 220, 320, 440, 600];
const ROWS = [{ step: 42, offset: -9 }, { step: 58, offset: -21 }];
const RUNG = /^\d\s+\S/;

// A chart that follows a slider comes again and again with other rows. Its layout is kept, and what
// it showed last stands until the next picture is ready.
const kept = new Map();
const grammar = ({ datasets, description, ...rest }, room) => JSON.stringify([room, rest]);

let engine;
const vega = () => (engine ??= new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = document.body.dataset.vega;
  script.onload = () => done(window.lodestarEmbed);
  script.onerror = failed;
  document.head.append(script);
}));

const isNamed = (channel) =>
  channel?.field && ["nominal", "ordinal"].includes(channel.type) && channel.axis !== null;

const above = (channel, rows) => ({
  ...channel,
  axis: {
    ...channel.axis, orient: "left", title: null, labelAlign: "left", labelBaseline: "bottom",
    labelPadding: 0, labelOffset: rows.offset, labelLimit: 1000,
  },
});

const limited = (view) => ({
  ...view,
  ...(view.layer && { layer: view.layer.map(limited) }),
  ...(isNamed(view.encoding?.y) && {
    encoding: { ...view.encoding, y: { ...view.encoding.y, axis: { ...view.encoding.y.axis, labelLimit: 124 } } },
  }),
});

const tiled = (view) =>
  [view, ...(view.layer ?? [])].some((part) => (part.mark?.type ?? part.mark) === "rect" && !part.encoding?.x2);

// A unit or layered view with its row names above the rows, and rows tall enough for both. Tiles
// leave no room between rows: their names stay beside them.
function stacked(view, rows) {
  if (tiled(view)) return limited(view);
  const layers = view.layer?.map((layer) => stacked(layer, rows));
  const own = isNamed(view.encoding?.y);
  const encoding = own ? { ...view.encoding, y: above(view.encoding.y, rows) } : view.encoding;
  const made = { ...view, ...(encoding && { encoding }), ...(layers && { layer: layers }) };
  const named = own || view.layer?.some((layer) => isNamed(layer.encoding?.y));
  if (named && (view.width !== undefined || view.height !== undefined)) made.height = { step: rows.step };
  return made;
}

const titled = (view, room) =>
  view.title ? { ...(view.title.text ? view.title : { text: view.title }), limit: room - 44 } : undefined;

// The name of the axis below begins where the plot does and never widens it.
// Rungs are told by their number alone when their names would collide.
function anchored(view, room, short) {
  const layers = view.layer?.map((layer) => anchored(layer, room, short));
  const x = view.encoding?.x;
  const told = short && x?.axis?.labelExpr && { labelExpr: `split(${x.axis.labelExpr}, ' ')[0]` };
  const axis = { ...x?.axis, titleAnchor: "start", titleAlign: "left", titleLimit: room, ...told };
  const encoding = x && x.axis !== null ? { ...view.encoding, x: { ...x, axis } } : view.encoding;
  return { ...view, ...(encoding && { encoding }), ...(layers && { layer: layers }) };
}

// Beside another a view may leave its row names to it; below it, it needs its own.
function named(view) {
  const layers = view.layer?.map(named);
  const y = view.encoding?.y;
  const bare = y?.axis === null && ["nominal", "ordinal"].includes(y.type);
  const encoding = bare ? { ...view.encoding, y: { ...y, axis: { title: null } } } : view.encoding;
  return { ...view, ...(encoding && { encoding }), ...(layers && { layer: layers }) };
}

// Words at a fixed place beside the plot keep their distance from it.
function beside(view, from, to) {
  const layers = view.layer?.map((layer) => beside(layer, from, to));
  const x = view.encoding?.x;
  const encoding = x?.value >= from
    ? { ...view.encoding, x: { ...x, value: x.value - from + to } } : view.encoding;
  return { ...view, ...(encoding && { encoding }), ...(layers && { layer: layers }) };
}

// A key that stands side by side below its bar stands line by line; what its lines say keeps its order.
const KEY = { top: 55, line: 24, name: 62 };

function keyed(view) {
  const isKey = (layer) => layer.encoding?.x?.field === "at" && !isNamed(layer.encoding?.y);
  if (!view.layer?.some(isKey)) return view;
  const y = {
    field: "line", type: "quantitative", axis: null,
    scale: { domain: [1, 2], range: [KEY.top, KEY.top + KEY.line], zero: false, nice: false },
  };
  const layer = view.layer.map((part) => {
    if (!isKey(part)) return part;
    const named = part.encoding.text?.field === "name";
    const mark = named ? { ...part.mark, dx: KEY.name, limit: 240 } : part.mark;
    const transform = [...(part.transform ?? []), { window: [{ op: "row_number", as: "line" }] }];
    return { ...part, mark, transform, encoding: { ...part.encoding, x: { value: 0 }, y } };
  });
  return { ...view, layer, height: KEY.top + 3.5 * KEY.line };
}

function atWidth(wide, width, room, rows, short) {
  const view = keyed(wide);
  const title = titled(view, room);
  const given = typeof view.width === "number";
  const placed = given ? beside(view, view.width, width) : view;
  const sized = given || view.width === undefined ? { width } : {};
  return { ...anchored(stacked({ ...placed, ...sized }, rows), room, short), ...(title && { title }) };
}

// The views of a chart, each as a chart of its own; null for what cannot be taken apart.
function views(spec) {
  const channels = spec.encoding ?? {};
  if (spec.facet || spec.repeat || channels.column || channels.row || channels.facet) return null;
  const { vconcat, hconcat, concat, columns, spacing, resolve, align, bounds, ...rest } = spec;
  const parts = vconcat ?? hconcat ?? concat;
  if (!parts) return [spec];
  const single = parts.map((part) => views({ ...rest, ...(hconcat ? named(part) : part) }));
  return single.includes(null) ? null : single.flat();
}

// Words and the halo behind them are the same words at the same place.
function collide(svg) {
  const boxes = [...svg.querySelectorAll("text")]
    .filter((text) => text.textContent.trim())
    .map((text) => [text.getBoundingClientRect(), text.textContent]);
  return boxes.some(([a, said], i) => boxes.slice(i + 1).some(([b, other]) => {
    if (said === other && a.left === b.left && a.top === b.top) return false;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return wide > 3 && tall > 4;
  }));
}

async function drawn(place, spec) {
  const embed = await vega();
  const bench = place.appendChild(document.createElement("div"));
  bench.style.cssText = "position:absolute;visibility:hidden";
  await embed(bench, spec, { renderer: "svg", actions: false, tooltip: false, defaultStyle: false, ast: true, mode: "vega-lite" });
  const svg = bench.querySelector("svg");
  const collides = collide(svg);
  bench.remove();
  return { svg, collides, across: svg.viewBox.baseVal.width };
}

// At the width of the screen: a trial tells how much stands beside the plot.
async function fitting(place, spec, room, rows, short) {
  let width = room - 24;
  for (let trial = 0; trial < 3 && width >= LEAST; trial++) {
    const made = await drawn(place, atWidth(spec, width, room, rows, short));
    const over = Math.ceil(made.across - room);
    if (over <= 0) return made.collides ? null : { ...made, width, rows, short };
    width -= over;
  }
  return null;
}

async function searched(place, spec, room, rungs) {
  for (const short of rungs ? [false, true] : [false]) {
    for (const rows of ROWS) {
      const found = await fitting(place, spec, room, rows, short);
      if (found) return found;
    }
  }
  for (const width of WIDER) {
    for (const rows of ROWS) {
      const made = await drawn(place, atWidth(spec, width, room, rows, false));
      if (!made.collides) return { ...made, width, rows, short: false };
    }
  }
  throw new Error("words collide at every width");
}

async function laidOut(place, spec, room, rungs) {
  const key = grammar(spec, room);
  const last = kept.get(key);
  let found = null;
  if (last) {
    const made = await drawn(place, atWidth(spec, last.width, room, last.rows, last.short));
    if (made.across <= Math.max(room, last.across) && !made.collides) found = { ...last, ...made };
  }
  found ??= await searched(place, spec, room, rungs);
  kept.set(key, found);
  return found;
}

function note(figure, rungs) {
  const line = document.createElement("p");
  line.className = "ls-note";
  line.textContent = rungs.join(" · ");
  figure.append(line);
}

// All that a screen reader is told of a picture.
const alternative = (picture) =>
  [picture.getAttribute("aria-label"), picture.querySelector(":scope > desc")?.textContent].filter(Boolean).join(" ");

// A specification that cannot be read costs its chart the other layout, and the page nothing.
function taken(figure) {
  const source = figure.querySelector("script.ls-spec");
  if (!source || !document.body.dataset.vega) return null;
  try { return views(JSON.parse(source.textContent)); } catch { return null; }
}

async function relaid(figure, picture, single, places, settle) {
  const words = [...picture.querySelectorAll("text")].map((text) => text.textContent.trim());
  const rungs = [...new Set(words.filter((word) => RUNG.test(word)))];
  try {
    let numbered = false;
    for (const [number, spec] of single.entries()) {
      const room = figure.clientWidth;
      const { svg, short, across } = await laidOut(places[number], spec, room, rungs.length > 2);
      if (across >= picture.viewBox.baseVal.width) throw new Error("no gain");
      places[number].replaceChildren(settle(svg, number ? "" : alternative(picture)));
      numbered ||= short;
    }
    picture.remove();
    figure.dataset.narrow = "yes";
    if (numbered) note(figure, rungs);
  } catch {
    places.forEach((place) => place.remove());
    picture.style.display = "";
    figure.dataset.narrow = "no";
  }
}

// What stood here before stands in, so that a figure that follows a slider does not flicker.
function standIn(figure, picture, single, places) {
  const last = single.map((spec) => kept.get(grammar(spec, figure.clientWidth)));
  if (last.includes(undefined)) return;
  picture.style.display = "none";
  last.forEach(({ svg }, number) => places[number].append(svg.cloneNode(true)));
}

let turn = Promise.resolve();

// One chart after the other, so that the page stays at hand meanwhile; one that has gone is left out.
export function relay(figure, picture, settle) {
  const single = taken(figure);
  if (!single) { figure.dataset.narrow = "no"; return; }
  const places = single.map(() => figure.appendChild(document.createElement("div")));
  standIn(figure, picture, single, places);
  turn = turn.then(() => figure.isConnected && relaid(figure, picture, single, places, settle));
}
