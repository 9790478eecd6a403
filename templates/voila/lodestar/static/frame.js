// The live page (Voila): charts in the outputs are drawn in as they appear, and sliders are told by
// their names and by what their figures say.
import { watchConnection } from "./connection.js";
import { watchFigures } from "./figures.js";

function told(slider) {
  const handle = slider.querySelector("[role=slider]");
  const readout = slider.querySelector(".widget-readout");
  if (!handle || !readout || handle.hasAttribute("aria-label")) return;
  const say = () => {
    if (handle.getAttribute("aria-valuetext") !== readout.textContent) {
      handle.setAttribute("aria-valuetext", readout.textContent);
    }
  };
  handle.setAttribute("aria-label", slider.querySelector(".widget-label")?.textContent ?? "");
  new MutationObserver(say).observe(readout, { childList: true, characterData: true, subtree: true });
  new MutationObserver(say).observe(handle, { attributeFilter: ["aria-valuetext"] });
  say();
}

// Inside a reviewed page that page says it; alone, this one must.
const origin = document.querySelector(".ls-origin");
if (origin && window.self === window.top) origin.hidden = false;

watchFigures();
watchConnection();
new MutationObserver(() => document.querySelectorAll(".widget-slider").forEach(told))
  .observe(document.body, { childList: true, subtree: true });
