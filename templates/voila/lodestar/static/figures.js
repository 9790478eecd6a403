// Charts. A reviewed page comes with its charts drawn in. Under Voila each is a picture with its
// specification beside it, drawn in here so that it takes the page's type and its dark colours.
import { speaks } from "./marks.js";
import { relay } from "./narrow.js";
import { tinted } from "./tones.js";

const NARROW = 640;
const PAINTED = new Set(["fill", "stroke", "stop-color", "style", "color"]);
const SPOKEN = new Set(["aria-label", "aria-roledescription", "aria-hidden", "role"]);
const BARRED = new Set(["script", "style", "foreignobject", "iframe"]);
let drawn = 0;

function settle(svg, label) {
  const mark = `c${++drawn}-`;
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    if (BARRED.has(element.localName.toLowerCase())) { element.remove(); continue; }
    const said = element === svg ? "" : element.getAttribute("aria-label");
    if (said && element.localName !== "g") element.dataset.tip = said;
    for (const { name, value } of [...element.attributes]) {
      if (SPOKEN.has(name) || name.startsWith("on") || (name.endsWith("href") && !value.startsWith("#"))) {
        element.removeAttribute(name);
      } else if (name === "id") element.id = mark + value;
      else if (value.includes("url(#")) element.setAttribute(name, value.replaceAll("url(#", `url(#${mark}`));
      else if (PAINTED.has(name)) element.setAttribute(name, tinted(value));
    }
  }
  speaks(svg);
  const said = label || (svg.hasAttribute("tabindex") ? "Another part of this chart" : "");
  svg.setAttribute("role", said ? "img" : "presentation");
  if (said) svg.setAttribute("aria-label", said);
  else svg.removeAttribute("aria-label");
  return svg;
}

function picture(image) {
  const bytes = Uint8Array.from(atob(image.src.split(",")[1]), (letter) => letter.charCodeAt(0));
  const text = new TextDecoder().decode(bytes).replace(/<style>[^<]*<\/style>/g, "");
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  return svg.localName === "svg" ? settle(svg, image.alt) : null;
}

function upgrade(figure) {
  if (figure.dataset.seen) return;
  const image = figure.querySelector(":scope > img[src^='data:image/svg+xml;base64,']");
  const svg = image ? picture(image) : figure.querySelector(":scope > svg");
  if (!svg) return;
  figure.dataset.seen = figure.dataset.drawn = "yes";
  image?.replaceWith(svg);
  speaks(svg);
  const fold = figure.closest("details:not([open])");
  if (!fold) { fit(figure, svg); return; }
  figure.dataset.narrow = "later";
  fold.addEventListener("toggle", () => fit(figure, svg), { once: true });
}

// What is folded away has no width yet.
function fit(figure, svg) {
  if (figure.clientWidth < NARROW) relay(figure, svg, settle);
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
