// Whether the server is there and the session lasts: asked when the page comes into view again, so
// that nobody reads on behind a session that has ended, and a restart is told of and waited for.
const PAUSE = 5000;
const APART = 10000;

const SAID = {
  out: ["You are signed out. Your place is kept.", "Sign in again"],
  away: ["The server is restarting or out of reach. This page stays readable; trying again…", ""],
};

let last = Date.now();
let waiting = 0;

function tell(why) {
  document.querySelector(".ls-alive")?.remove();
  if (!why) return;
  const [sentence, step] = SAID[why];
  const box = Object.assign(document.createElement("div"), { className: "ls-alive" });
  box.setAttribute("role", "status");
  box.append(Object.assign(document.createElement("span"), { textContent: sentence }));
  if (step) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: step });
    button.addEventListener("click", () => location.reload());
    box.append(button);
  }
  document.body.append(box);
}

async function found(address) {
  try {
    const reply = await fetch(address, { cache: "no-store", redirect: "manual" });
    return reply.status === 204 ? "" : reply.status === 403 ? "out" : "away";
  } catch {
    return "away";
  }
}

async function ask(address) {
  clearTimeout(waiting);
  last = Date.now();
  const why = await found(address);
  if (why !== "away" || !document.querySelector(".ls-alive")) tell(why);
  if (why === "away" && !document.hidden) waiting = setTimeout(() => ask(address), PAUSE);
}

export function stayAlive() {
  const home = document.querySelector(".ls-brand a");
  if (!home) return;
  const address = new URL("alive", home.href).href;
  const seen = () => { if (!document.hidden && Date.now() - last > APART) ask(address); };
  document.addEventListener("visibilitychange", seen);
  addEventListener("focus", seen);
  addEventListener("online", () => ask(address));
  addEventListener("offline", () => tell("away"));
  // A page taken from the browser's memory by "back" was not asked for anew.
  addEventListener("pageshow", (event) => { if (event.persisted) ask(address); });
}
