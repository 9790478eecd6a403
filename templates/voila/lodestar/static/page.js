// The reviewed page: charts drawn in, the live what-if opened on request beside the reviewed figures.
import { watchFigures } from "./figures.js";
import { readTables } from "./tables.js";

watchFigures();
readTables();
document.querySelector(".ls-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// The live copy is as tall as what it shows, from its first word on.
function fitted(frame) {
  const page = frame.contentDocument;
  const cells = page?.getElementById("rendered_cells");
  if (!cells) return;
  const fit = () => {
    const shown = [page.getElementById("loading"), ...cells.querySelectorAll(".jp-OutputArea")];
    const bottoms = shown.map((part) => part?.getBoundingClientRect().bottom ?? 0);
    frame.style.height = `${Math.max(60, Math.ceil(Math.max(...bottoms)) + 8)}px`;
  };
  const watch = new frame.contentWindow.ResizeObserver(fit);
  for (const part of cells.querySelectorAll(".jp-OutputArea")) watch.observe(part);
  fit();
}

function open(section, button) {
  const frame = document.createElement("iframe");
  frame.title = "What-if, live";
  frame.src = button.href;
  frame.addEventListener("load", () => {
    fitted(frame);
    button.hidden = true;
  });
  section.append(frame);
  button.textContent = "Waking the calculation…";
  button.setAttribute("aria-disabled", "true");
}

for (const section of document.querySelectorAll(".ls-whatif")) {
  const button = section.querySelector("a.ls-button");
  button.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!section.querySelector("iframe")) open(section, button);
  });
}
