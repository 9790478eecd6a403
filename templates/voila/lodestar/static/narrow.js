// Narrow screens get another layout, not a smaller picture: the chart is laid out anew from its
// specification, names of rows above their marks, charts side by side one below the other. It takes
// the least width at which no words collide; where that is wider than the screen, it scrolls.
const LEAST = 150;
const WIDER = [LEAST, 220, 320, 440, 600];
const ROWS = [{ step: 42, offset: -9 }, { step: 58, offset: -21 }];
const RUNG = /^\d\s+\S/;

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

function atWidth(view, width, room, rows, short) {
  const title = titled(view, room);
  const sized = typeof view.width === "number" || view.width === undefined ? { width } : {};
  return { ...anchored(stacked({ ...view, ...sized }, rows), room, short), ...(title && { title }) };
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

function collide(svg) {
  const boxes = [...svg.querySelectorAll("text")]
    .filter((text) => text.textContent.trim())
    .map((text) => text.getBoundingClientRect());
  return boxes.some((a, i) => boxes.slice(i + 1).some((b) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return wide > 3 && tall > 4;
  }));
}

async function drawn(place, spec) {
  const embed = await vega();
  await embed(place, spec, { renderer: "svg", actions: false, ast: true, mode: "vega-lite" });
  return place.querySelector("svg");
}

// At the width of the screen: a trial tells how much stands beside the plot.
async function fitting(place, spec, room, rows, short) {
  let width = room - 24;
  for (let trial = 0; trial < 3 && width >= LEAST; trial++) {
    const svg = await drawn(place, atWidth(spec, width, room, rows, short));
    const over = Math.ceil(svg.viewBox.baseVal.width - room);
    if (over <= 0) return collide(svg) ? null : svg;
    width -= over;
  }
  return null;
}

async function laidOut(place, spec, room, rungs) {
  for (const short of rungs ? [false, true] : [false]) {
    for (const rows of ROWS) {
      const svg = await fitting(place, spec, room, rows, short);
      if (svg) return { svg, short };
    }
  }
  for (const width of WIDER) {
    for (const rows of ROWS) {
      const svg = await drawn(place, atWidth(spec, width, room, rows, false));
      if (!collide(svg)) return { svg, short: false };
    }
  }
  throw new Error("words collide at every width");
}

function note(figure, rungs) {
  const line = document.createElement("p");
  line.className = "ls-note";
  line.textContent = rungs.join(" · ");
  figure.append(line);
}

async function relaid(figure, picture, settle) {
  const source = figure.querySelector("script.ls-spec");
  const single = source && document.body.dataset.vega && views(JSON.parse(source.textContent));
  if (!single) { figure.dataset.narrow = "no"; return; }
  const words = [...picture.querySelectorAll("text")].map((text) => text.textContent.trim());
  const rungs = [...new Set(words.filter((word) => RUNG.test(word)))];
  const places = single.map(() => figure.appendChild(document.createElement("div")));
  try {
    let numbered = false;
    for (const [number, spec] of single.entries()) {
      const { svg, short } = await laidOut(places[number], spec, figure.clientWidth, rungs.length > 2);
      if (svg.viewBox.baseVal.width >= picture.viewBox.baseVal.width) throw new Error("no gain");
      settle(svg, number ? "" : picture.getAttribute("aria-label"));
      numbered ||= short;
    }
    picture.remove();
    figure.dataset.narrow = "yes";
    if (numbered) note(figure, rungs);
  } catch {
    places.forEach((place) => place.remove());
    figure.dataset.narrow = "no";
  }
}

let turn = Promise.resolve();

// One chart after the other, so that the page stays at hand meanwhile.
export function relay(figure, picture, settle) {
  turn = turn.then(() => relaid(figure, picture, settle));
}
