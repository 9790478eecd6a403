// Notes, frame by frame, when a page shows its first text and its last chart outside of folds, when
// a mark answers a pointer, and when a live control is there. Milliseconds from the navigation on.
(() => {
  if (window.top !== window) return;
  const seen = window.seen = { text: 0, charts: 0, count: 0, answer: 0, control: 0, changed: 0, done: false };
  const shown = (node) => Boolean(node) && node.getClientRects().length > 0;
  const after = (name) => setTimeout(() => { seen[name] = seen.changed = performance.now(); });

  function drawn(figure) {
    if (figure.closest("details, .ls-choices")) return false;
    const picture = figure.querySelector("svg, img");
    return shown(picture) && (picture.localName !== "img" || (picture.complete && picture.naturalWidth > 0));
  }

  function answers() {
    const mark = document.querySelector(".ls-chart:not(details *) svg [data-tip]");
    if (!mark) return false;
    const { left, top, width, height } = mark.getBoundingClientRect();
    const place = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true };
    mark.dispatchEvent(new PointerEvent("pointermove", place));
    return shown(document.querySelector(".ls-tip.ls-open"));
  }

  function look() {
    if (seen.done) return;
    requestAnimationFrame(look);
    if (!seen.text && [...document.querySelectorAll("h1")].some(shown)) after("text");
    const count = [...document.querySelectorAll("figure.ls-chart")].filter(drawn).length;
    if (count > seen.count) { seen.count = count; after("charts"); }
    if (!seen.answer && answers()) after("answer");
    if (!seen.control && shown(document.querySelector(".noUi-handle"))) after("control");
  }
  requestAnimationFrame(look);
})();
