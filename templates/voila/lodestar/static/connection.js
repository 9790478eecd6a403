// A live page whose kernel is out of reach says so, with the next step; the figures stay readable.
const KERNEL_LOST = 4410, SIGNED_OUT = 4403, ASLEEP = 4408;
const PAUSE = 2000;

const SAID = {
  lost: ["The live calculation stopped. The reviewed figures are not affected.", "Start it again"],
  asleep: ["This what-if was put to sleep because nobody had used it for a while.", "Wake it"],
  out: ["You are signed out, and this what-if has ended.", "Sign in again"],
  away: ["The connection was lost. Trying to reach it again…", ""],
};
const BY_CODE = { [KERNEL_LOST]: "lost", [SIGNED_OUT]: "out", [ASLEEP]: "asleep" };

let over = false;
let leaving = false;

function clear() {
  document.querySelector(".ls-lost")?.remove();
  for (const area of document.querySelectorAll("#rendered_cells .jp-OutputArea")) area.inert = false;
}

function again(why) {
  if (why === "out") window.top.location.reload();
  else location.reload();
}

function tell(why) {
  clear();
  const [sentence, step] = SAID[why];
  const box = Object.assign(document.createElement("div"), { className: "ls-lost" });
  box.setAttribute("role", "alert");
  box.append(Object.assign(document.createElement("p"), { textContent: sentence }));
  if (step) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: step });
    button.className = "ls-button";
    button.addEventListener("click", () => again(why));
    box.append(button);
  }
  document.getElementById("loading")?.remove();
  const cells = document.getElementById("rendered_cells");
  cells.style.display = "";
  (cells.firstElementChild ?? cells).prepend(box);
  for (const area of cells.querySelectorAll(".jp-OutputArea")) area.inert = true;
  over = why !== "away";
}

// Out of reach is not gone: as long as nobody answers, ask again; who answers knows which it is.
async function ask(kernel) {
  let status = 0;
  try {
    status = (await fetch(kernel, { cache: "no-store" })).status;
  } catch {
    // Nobody answers.
  }
  if (over) return;
  if (status === 200) clear();
  else if (status === 404) tell("lost");
  else if (status === 403) tell("out");
  else setTimeout(() => ask(kernel), PAUSE);
}

// Controls that the front end could not find in the kernel, as happens on a busy machine: once more.
function watchControls() {
  const tried = `ls-again-${location.pathname}`;
  new MutationObserver((_, watch) => {
    const missing = [...document.querySelectorAll("#rendered_cells .jupyter-widgets")]
      .some((one) => one.textContent === "Error displaying widget: model not found");
    if (!missing) return;
    watch.disconnect();
    if (sessionStorage.getItem(tried)) tell("lost");
    else again("lost");
    sessionStorage.setItem(tried, "1");
  }).observe(document.getElementById("rendered_cells"), { childList: true, subtree: true });
  addEventListener("ls-socket-open", () => setTimeout(() => sessionStorage.removeItem(tried), 60000));
}

export function watchConnection() {
  watchControls();
  const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  const kernel = `${baseUrl}api/kernels/${kernelId}`;
  addEventListener("pagehide", () => { leaving = true; });
  addEventListener("beforeunload", () => { leaving = true; });
  addEventListener("ls-socket-open", () => { if (!over) clear(); });
  addEventListener("ls-socket-close", ({ detail: code }) => {
    if (over || leaving || code === 1000) return;
    const waiting = document.querySelector(".ls-lost");
    tell(BY_CODE[code] ?? "away");
    if (!over && !waiting) ask(kernel);
  });
}
