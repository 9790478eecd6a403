// A chart as a PNG: the published SVG, which carries its font, drawn on white at twice its size.
const SCALE = 2;

async function painted(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.statusText);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await answer.text())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#ffffff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
  const name = answer.headers.get("Content-Disposition")?.match(/filename="([^"]+)\.svg"/)?.[1] ?? "chart";
  return { name: `${name}.png`, blob: await new Promise((done) => canvas.toBlob(done, "image/png")) };
}

function save({ name, blob }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export function takeAway() {
  for (const button of document.querySelectorAll(".ls-png")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try { save(await painted(button.dataset.svg)); } catch { button.textContent = "PNG (not now)"; }
      button.disabled = false;
    });
  }
}
