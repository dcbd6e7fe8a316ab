// While the program reads a file its page looks again by itself, and loads anew when
// there is something to do. Without this the page does the same through its head.
(() => {
  "use strict";
  const EVERY_MS = 1500;
  const waiting = document.querySelector("[data-waits]");
  if (!waiting) return;
  const look = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.ok && !answer.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const now = page.querySelector("[data-waits]");
        if (!now) {
          location.reload();
          return;
        }
        if (waiting.textContent !== now.textContent) waiting.textContent = now.textContent;
      }
    } catch {
      // The connection is down for a moment: the next look finds out.
    }
    setTimeout(look, EVERY_MS);
  };
  setTimeout(look, EVERY_MS);
})();
