// Other choices, worked out with the run: a slider shows one at a time, the reviewed one in grey
// below it. Nothing is computed here; every word stands in the page.
const PAUSE = 400;
let made = 0;

export function chooseOnPage() {
  document.querySelectorAll(".ls-choices").forEach(chooser);
}

function element(name, properties, ...inside) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...inside);
  return node;
}

function chooser(card) {
  const choices = [...card.querySelectorAll(".ls-choice")];
  const reviewed = choices.findIndex((one) => one.dataset.value === card.dataset.reviewed);
  const start = reviewed < 0 ? Math.floor(choices.length / 2) : reviewed;
  const labels = choices.map((one) => one.querySelector("summary").textContent);
  const id = `ls-choose-${(made += 1)}`;
  const slider = element("input", { type: "range", id, min: 0, max: choices.length - 1, step: 1, value: start });
  const now = element("span", { className: "ls-choice-now", ariaHidden: "true" });
  const mark = element("span", { className: "ls-choice-mark", textContent: "What-if, not reviewed" });
  const back = element("button", { type: "button", className: "ls-choice-back", textContent: "Back to the reviewed" });
  const status = element("p", { className: "ls-choice-status", role: "status" });
  const name = element("label", { htmlFor: id, textContent: card.dataset.name });
  const ends = element("span", { className: "ls-choice-ends", ariaHidden: "true" },
    element("span", { textContent: labels[0] }), element("span", { textContent: labels.at(-1) }));
  const track = element("span", { className: "ls-choice-track" }, slider, ends);
  const panel = element("div", { className: "ls-chooser" }, name, track, now, mark, back);
  choices[0].before(panel);
  card.append(status);
  card.classList.add("ls-live");

  let waiting;
  const show = (spoken) => {
    const at = Number(slider.value);
    const moved = reviewed >= 0 && at !== reviewed;
    choices.forEach((one, place) => {
      one.open = true;
      one.hidden = place !== at && !(moved && place === reviewed);
      one.classList.toggle("ls-was", moved && place === reviewed);
      one.style.order = place === at ? 1 : 2;
    });
    const changed = moved ? marked(choices[at], choices[reviewed]) : [];
    card.classList.toggle("ls-moved", moved || reviewed < 0);
    slider.setAttribute("aria-valuetext", labels[at]);
    now.textContent = labels[at];
    mark.hidden = !moved && reviewed >= 0;
    back.hidden = !moved;
    carry(moved || reviewed < 0 ? choices[at].dataset.value : "");
    clearTimeout(waiting);
    if (spoken) waiting = setTimeout(() => { status.textContent = `${labels[at]}. ${changed.join(" ")}`; }, PAUSE);
  };
  slider.addEventListener("input", () => show(true));
  back.addEventListener("click", () => {
    slider.value = reviewed;
    show(true);
    slider.focus();
  });
  show(false);
}

// Sentences that the reviewed choice does not say, marked; returned to be spoken.
function marked(choice, reviewed) {
  const known = new Set([...reviewed.querySelectorAll(".ls-said span")].map((one) => one.textContent));
  const fresh = [];
  for (const one of choice.querySelectorAll(".ls-said span")) {
    const differs = !known.has(one.textContent);
    one.classList.toggle("ls-changed", differs);
    if (differs) fresh.push(one.textContent);
  }
  return fresh;
}

// The live copy starts from what was chosen here.
function carry(value) {
  for (const link of document.querySelectorAll(".ls-whatif a.ls-button")) {
    const url = new URL(link.href);
    if (value) url.searchParams.set("at", value);
    else url.searchParams.delete("at");
    link.href = url.href;
  }
}
