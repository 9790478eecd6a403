"""How long the what-if of 02 takes from a key to its picture, in a real Chromium."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator, Page

__all__ = ["control", "moves"]

WAIT = 90_000
WATCH = """() => {
  window.seen = { start: 0, last: 0 };
  addEventListener("keydown", () => { seen.start = performance.now(); seen.last = 0; }, true);
  new MutationObserver((changes) => {
    if (!changes.some(({ target }) => target.closest?.(".widget-html"))) return;
    requestAnimationFrame(() => setTimeout(() => { seen.last = performance.now(); }));
  }).observe(document.querySelector("#rendered_cells"), { childList: true, subtree: true });
}"""
"""Notes when a key went down, and when the frame after the last change was painted."""

QUIET = "() => seen.last && performance.now() - seen.last > 150"
"""Nothing moves any more: sentences, ladder and targets have all followed."""


def control(page: Page) -> Frame:
    """Open the what-if of the page that is shown and return its frame once it is at rest."""
    page.locator(".ls-whatif a.ls-button").click()
    inside = page.frame_locator(".ls-whatif iframe")
    inside.locator("figure[data-drawn]").first.wait_for(timeout=WAIT)
    frame = next(frame for frame in page.frames if frame != page.main_frame)
    frame.wait_for_timeout(1_000)
    frame.evaluate(WATCH)
    return frame


def moves(frame: Frame, handle: Locator, count: int) -> list[float]:
    """Return milliseconds from each of so many keys to the painted picture."""
    taken = []
    for move in range(count):
        handle.press("ArrowLeft" if move % 8 < 4 else "ArrowRight")
        frame.wait_for_function(QUIET, timeout=WAIT)
        taken.append(float(frame.evaluate("seen.last - seen.start")))
    return taken
