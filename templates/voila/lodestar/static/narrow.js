// Narrow screens get another layout, not a smaller picture: the chart is laid out anew from its
// specification, names of rows above their marks, charts side by side one below the other. Where
// that would make words collide, the picture keeps its size and scrolls.
const LEAST = 150;
const ROW = 42;

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

const above = (channel) => ({
  ...channel,
  axis: {
    ...channel.axis, orient: "left", title: null, labelAlign: "left", labelBaseline: "bottom",
    labelPadding: 0, labelOffset: -9, labelLimit: 1000, zindex: 1,
  },
});

// A unit or layered view with its row names above the rows, and rows tall enough for both.
function stacked(view) {
  const layers = view.layer?.map(stacked);
  const own = isNamed(view.encoding?.y);
  const encoding = own ? { ...view.encoding, y: above(view.encoding.y) } : view.encoding;
  const made = { ...view, ...(encoding && { encoding }), ...(layers && { layer: layers }) };
  const rows = own || view.layer?.some((layer) => isNamed(layer.encoding?.y));
  if (rows && (view.width !== undefined || view.height !== undefined)) made.height = { step: ROW };
  return made;
}

const titled = (view, room) =>
  view.title ? { ...(view.title.text ? view.title : { text: view.title }), limit: room } : undefined;

function atWidth(view, width, room) {
  const title = titled(view, room);
  const sized = typeof view.width === "number" || view.width === undefined ? { width } : {};
  return { ...stacked({ ...view, ...sized }), ...(title && { title }) };
}

function narrowed(spec, width, room) {
  const channels = spec.encoding ?? {};
  if (spec.facet || spec.repeat || channels.column || channels.row || channels.facet) return null;
  const views = spec.vconcat ?? spec.hconcat ?? spec.concat;
  if (!views) return atWidth(spec, width, room);
  if (views.some((view) => view.hconcat || view.vconcat || view.concat || view.facet)) return null;
  const { vconcat, hconcat, concat, columns, ...rest } = spec;
  return { ...rest, vconcat: views.map((view) => atWidth(view, width, room)) };
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

// Lay out twice: the first time tells how much room stands beside the plot.
async function laidOut(place, spec, room) {
  const embed = await vega();
  let width = room - 24;
  for (let attempt = 0; attempt < 3; attempt++) {
    const narrow = narrowed(spec, width, room);
    if (!narrow || width < LEAST) return null;
    await embed(place, narrow, { renderer: "svg", actions: false, ast: true, mode: "vega-lite" });
    const svg = place.querySelector("svg");
    const over = svg.viewBox.baseVal.width - room;
    if (over <= 1) return collide(svg) ? null : svg;
    width -= Math.ceil(over);
  }
  return null;
}

export async function relay(figure, picture, settle) {
  const source = figure.querySelector("script.ls-spec");
  if (!source || !document.body.dataset.vega) return;
  const place = document.createElement("div");
  figure.append(place);
  const svg = await laidOut(place, JSON.parse(source.textContent), figure.clientWidth).catch(() => null);
  if (svg) {
    settle(svg, picture.getAttribute("aria-label"));
    picture.remove();
    figure.dataset.narrow = "yes";
  } else place.remove();
}
