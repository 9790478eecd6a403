// The reviewed page: charts drawn in, the live what-if opened on request beside the reviewed figures.
import { watchFigures } from "./figures.js";

watchFigures();
document.querySelector(".ls-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

function fitted(frame) {
  const page = frame.contentDocument?.body;
  if (!page) return;
  const fit = () => { frame.style.height = `${Math.max(120, page.scrollHeight)}px`; };
  new frame.contentWindow.ResizeObserver(fit).observe(page);
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

// A table that scrolls sideways is reachable by keyboard.
for (const box of document.querySelectorAll(".ls-scroll")) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
