// Before anything else on a live page: what Voila's front end calls, and an ear on its socket.
"use strict";

window.voila_heartbeat = () => {};
window.voila_process = () => {};
window.voila_finish = () => {
  if (!window.themeLoaded || !window.cellLoaded) return;
  document.getElementById("loading")?.remove();
  document.getElementById("rendered_cells").style.display = "";
};
document.addEventListener("DOMContentLoaded", () => {
  window.cellLoaded = true;
  window.voila_finish();
});

// Whoever wants to know hears when the connection to the kernel ends, and when it is there again.
window.WebSocket = class extends window.WebSocket {
  constructor(...given) {
    super(...given);
    for (const kind of ["open", "close"]) {
      this.addEventListener(kind, ({ code }) => {
        window.dispatchEvent(new CustomEvent(`ls-socket-${kind}`, { detail: code }));
      });
    }
  }
};

// Until it is connected a page says now and then that it is there; else its copy would soon end.
const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
if (kernelId) {
  const here = setInterval(() => fetch(`${baseUrl}api/kernels/${kernelId}`, { cache: "no-store" }).catch(() => {}), 4000);
  window.addEventListener("ls-socket-open", () => clearInterval(here), { once: true });
}
