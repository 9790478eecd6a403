// The letters of every chart with the ground they stand on: [contrast, words], least first. Halos
// behind words and swatches are no words; a ground counts when it is opaque.
() => {
  const light = (colour) => {
    const parts = colour.match(/[\d.]+/g).map(Number).slice(0, 3).map((part) => part / 255);
    const linear = parts.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const seen = (element) => {
    const style = getComputedStyle(element);
    const opaque = style.fill !== "none" && parseFloat(style.fillOpacity) > 0.9 && parseFloat(style.opacity) > 0.9;
    return ["rect", "path"].includes(element.localName) && opaque && !style.fill.startsWith("rgba(");
  };
  const found = [];
  for (const text of document.querySelectorAll(".ls-chart svg text")) {
    const style = getComputedStyle(text);
    const halo = style.stroke !== "none" && parseFloat(style.strokeWidth) > 1;
    if (!/[\p{L}\p{N}]/u.test(text.textContent) || halo || style.opacity === "0") continue;
    text.scrollIntoView({ block: "center" });
    const box = text.getBoundingClientRect();
    const below = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const ground = below.find((e) => e.closest("svg") === text.closest("svg") && seen(e));
    const card = getComputedStyle(text.closest(".ls-card")).backgroundColor;
    const [low, high] = [light(style.fill), light(ground ? getComputedStyle(ground).fill : card)].sort((a, b) => a - b);
    found.push([(high + 0.05) / (low + 0.05), text.textContent]);
  }
  return found.sort((a, b) => a[0] - b[0]);
}
