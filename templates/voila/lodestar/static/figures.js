// Charts. A notebook carries each chart as a picture with its specification beside it. Here the
// picture is drawn into the page, so that it takes the page's type and its dark colours; on a
// narrow screen the chart is laid out anew at that width, instead of shrunk.
const NARROW = 640;
const COLOUR = /#[0-9a-f]{6}\b/gi;
const PAINTED = new Set(["fill", "stroke", "stop-color", "style", "color"]);
const BARRED = new Set(["script", "style", "foreignobject", "iframe"]);
let drawn = 0;

const tinted = (text) =>
  text.replace(COLOUR, (hex) => `var(--tone-${hex.slice(1).toLowerCase()}, ${hex})`);

function settle(svg, label) {
  const mark = `c${++drawn}-`;
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    if (BARRED.has(element.localName.toLowerCase())) { element.remove(); continue; }
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith("on") || (name.endsWith("href") && !value.startsWith("#"))) {
        element.removeAttribute(name);
      } else if (name === "id") element.id = mark + value;
      else if (value.includes("url(#")) element.setAttribute(name, value.replaceAll("url(#", `url(#${mark}`));
      else if (PAINTED.has(name)) element.setAttribute(name, tinted(value));
    }
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg;
}

function picture(image) {
  const bytes = Uint8Array.from(atob(image.src.split(",")[1]), (letter) => letter.charCodeAt(0));
  const svg = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml").documentElement;
  return svg.localName === "svg" ? settle(svg, image.alt) : null;
}

let bundle;
const vega = () => (bundle ??= new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = document.body.dataset.vega;
  script.onload = () => done(window.lodestarEmbed);
  script.onerror = failed;
  document.head.append(script);
}));

// One above the other, each as wide as the screen; what stands beside the plot keeps its size.
function narrowed(spec, room, beside) {
  const width = Math.max(120, Math.floor(room - beside));
  const fit = (part) => (typeof part.width === "number" ? { ...part, width } : part);
  if (spec.facet || spec.repeat || spec.encoding?.column || spec.encoding?.facet) return null;
  const parts = spec.vconcat ?? spec.hconcat ?? spec.concat;
  if (!parts) return typeof spec.width === "number" ? fit(spec) : null;
  const { vconcat, hconcat, concat, columns, ...rest } = spec;
  return { ...rest, vconcat: parts.map(fit) };
}

async function relaid(figure, image, svg) {
  const source = figure.querySelector("script.ls-spec");
  const room = figure.clientWidth;
  if (!source || !document.body.dataset.vega || room >= NARROW) return;
  const spec = JSON.parse(source.textContent);
  const views = spec.vconcat ?? spec.hconcat ?? spec.concat ?? [spec];
  const plot = Math.max(...views.map((view) => view.width ?? 0));
  const total = spec.hconcat ? plot + 120 : svg.viewBox.baseVal.width;
  const narrow = narrowed(spec, room, Math.max(0, total - plot));
  if (!narrow) return;
  const place = document.createElement("div");
  place.className = "ls-narrow";
  figure.append(place);
  try {
    const embed = await vega();
    await embed(place, narrow, { renderer: "svg", actions: false, ast: true, mode: "vega-lite" });
    settle(place.querySelector("svg"), image.alt);
    svg.remove();
    figure.dataset.narrow = "yes";
  } catch {
    place.remove();
  }
}

function upgrade(figure) {
  const image = figure.querySelector(":scope > img[src^='data:image/svg+xml;base64,']");
  if (!image || figure.dataset.drawn) return;
  const svg = picture(image);
  if (!svg) return;
  figure.dataset.drawn = "yes";
  image.replaceWith(svg);
  relaid(figure, image, svg);
}

export function watchFigures(root = document.body) {
  const all = (node) => node.querySelectorAll?.("figure.ls-chart").forEach(upgrade);
  all(root);
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) {
      if (node.matches?.("figure.ls-chart")) upgrade(node);
      else all(node);
    }
  }).observe(root, { childList: true, subtree: true });
}
