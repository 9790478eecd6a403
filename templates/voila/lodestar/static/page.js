// The reviewed page: charts drawn in, the live what-if opened on request beside the reviewed figures.
import { stayAlive } from "./alive.js";
import { watchFigures } from "./figures.js";
import { readTables } from "./tables.js";
import { takeAway } from "./taking.js";
import { chooseOnPage } from "./whatif.js";

chooseOnPage();
watchFigures();
readTables();
takeAway();
stayAlive();

// The contents say which finding is being read; choosing one shuts the list that covers it.
const contents = new Map(
  [...document.querySelectorAll(".ls-contents a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
);

function here() {
  const heads = [...contents.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const passed = heads.filter((head) => head.getBoundingClientRect().top < innerHeight / 3);
  for (const link of contents.values()) link.removeAttribute("aria-current");
  contents.get(passed.at(-1)?.id)?.setAttribute("aria-current", "location");
}

if (contents.size) {
  let waiting = false;
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(() => { waiting = false; here(); });
    waiting = true;
  }, { passive: true });
  here();
}
for (const box of document.querySelectorAll("[popover]")) {
  box.addEventListener("click", (event) => { if (event.target.closest("a") && box.matches(":popover-open")) box.hidePopover(); });
}

// What scrolls sideways inside its card can be reached, and scrolled, by keyboard.
const reach = new ResizeObserver((boxes) => {
  for (const { target } of boxes) {
    if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const box of document.querySelectorAll(".ls-chart, .ls-scroll")) reach.observe(box);

// The live copy is as tall as what it shows, from its first word on.
function fitted(frame) {
  const page = frame.contentDocument;
  const cells = page?.getElementById("rendered_cells");
  if (!cells) return;
  const fit = () => {
    const shown = [page.getElementById("loading"), ...page.querySelectorAll(".ls-lost, #rendered_cells .jp-OutputArea")];
    const bottoms = shown.map((part) => part?.getBoundingClientRect().bottom ?? 0);
    frame.style.height = `${Math.max(60, Math.ceil(Math.max(...bottoms)) + 8)}px`;
  };
  const watch = new frame.contentWindow.ResizeObserver(fit);
  watch.observe(page.body);
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
