// Tables. A wide table becomes a list of entries on a phone: every figure beside its own label.
const WIDE = 3;

function labelled(table) {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
  if (heads.length <= WIDE || table.dataset.labelled) return;
  table.dataset.labelled = "yes";
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.cells].forEach((cell, column) => { cell.dataset.label = heads[column] ?? ""; });
  }
}

// A table that still scrolls is reachable by keyboard; what is folded away has no size yet.
function reachable(box) {
  const fold = box.closest("details:not([open])");
  if (fold) { fold.addEventListener("toggle", () => reachable(box), { once: true }); return; }
  if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
}

export function readTables(root = document) {
  root.querySelectorAll(".ls-table").forEach(labelled);
  root.querySelectorAll(".ls-scroll").forEach(reachable);
}
