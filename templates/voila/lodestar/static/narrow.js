// Narrow screens get another layout, not a smaller picture: the chart is laid out anew from its
// specification, names of rows above their marks, charts side by side one below the other. It takes
// the least width at which no words collide; where that is wider than the screen, it scrolls.
const LEAST = 150;
const WIDER = [LEAST, 220, 320, 440, 600];
const ROWS = [{ step: 42, offset: -9 }, { step: 58, offset: -21 }];

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
    labelPadding: 0, labelOffset: rows.offset, labelLimit: 1000, zindex: 1,
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
function anchored(view, room) {
  const layers = view.layer?.map((layer) => anchored(layer, room));
  const x = view.encoding?.x;
  const axis = { ...x?.axis, titleAnchor: "start", titleAlign: "left", titleLimit: room };
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

function atWidth(view, width, room, rows) {
  const title = titled(view, room);
  const sized = typeof view.width === "number" || view.width === undefined ? { width } : {};
  return { ...anchored(stacked({ ...view, ...sized }, rows), room), ...(title && { title }) };
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

// The plot's width at which the whole is as wide as the screen: a trial tells what stands beside it.
async function fitting(place, spec, room, rows) {
  let width = room - 24;
  for (let trial = 0; trial < 2; trial++) {
    const svg = await drawn(place, atWidth(spec, width, room, rows));
    width -= Math.max(0, Math.ceil(svg.viewBox.baseVal.width - room));
  }
  return width;
}

async function laidOut(place, spec, room) {
  for (const rows of ROWS) {
    const fit = await fitting(place, spec, room, rows);
    for (const width of [fit, ...WIDER].filter((w) => w >= Math.max(LEAST, fit))) {
      const svg = await drawn(place, atWidth(spec, width, room, rows));
      if (!collide(svg)) return svg;
    }
  }
  throw new Error("words collide at every width");
}

async function relaid(figure, picture, settle) {
  const source = figure.querySelector("script.ls-spec");
  const single = source && document.body.dataset.vega && views(JSON.parse(source.textContent));
  if (!single) return;
  const places = single.map(() => figure.appendChild(document.createElement("div")));
  try {
    const label = picture.getAttribute("aria-label");
    for (const [number, spec] of single.entries()) {
      const svg = await laidOut(places[number], spec, figure.clientWidth);
      if (svg.viewBox.baseVal.width >= picture.viewBox.baseVal.width) throw new Error("no gain");
      settle(svg, number ? "" : label);
    }
    picture.remove();
    figure.dataset.narrow = "yes";
  } catch {
    places.forEach((place) => place.remove());
  }
}

let turn = Promise.resolve();

// One chart after the other, so that the page stays at hand meanwhile.
export function relay(figure, picture, settle) {
  turn = turn.then(() => relaid(figure, picture, settle));
}
