// The entry screen of the access log, made quick: a digit answers a short list and
// goes on, letters find a label, Enter saves from anywhere, and what is entered
// while the connection is down waits here and is sent once when it is back. The
// page works without all this, only slower.
(() => {
  "use strict";
  const QUEUE = "dom-accesses-queue";
  const PAUSE_MS = 1000;
  const AGAIN_MS = 5000;
  const GIVE_UP_MS = 15000;

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const labelOf = (option) => option.dataset.label ?? option.textContent.trim();

  // --- Keys -----------------------------------------------------------------

  function number(select) {
    if (!("quick" in select.dataset)) return;
    let place = 0;
    for (const option of select.options) {
      if (!option.value) continue;
      place += 1;
      option.dataset.label = option.textContent.trim();
      option.dataset.key = String(place);
      option.textContent = `${place} ${option.dataset.label}`;
    }
  }

  function found(select, typed) {
    const options = [...select.options].filter((option) => option.value);
    const words = (option) => fold(labelOf(option)).split(/[^\p{L}\p{N}<>]+/u).filter(Boolean);
    const ways = [
      (option) => fold(labelOf(option)).startsWith(typed),
      (option) => option.value.toLowerCase() === typed,
      (option) => words(option).map((word) => word[0]).join("").startsWith(typed),
      (option) => words(option).some((word) => word.startsWith(typed)),
    ];
    for (const way of ways) {
      const option = options.find(way);
      if (option) return option;
    }
    return undefined;
  }

  function choose(select, option) {
    select.value = option.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function next(form, control) {
    const controls = [...form.querySelectorAll("select, input:not([type=hidden]), button")];
    controls[controls.indexOf(control) + 1]?.focus();
  }

  let typed = "";
  let typedAt = 0;

  function onKey(form, event) {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.key.length !== 1 || event.key === " ") return;
    const option = [...select.options].find((one) => one.dataset.key === event.key);
    if (option) {
      event.preventDefault();
      choose(select, option);
      next(form, select);
      return;
    }
    event.preventDefault();
    const now = event.timeStamp;
    const key = fold(event.key);
    typed = now - typedAt < PAUSE_MS ? typed + key : key;
    typedAt = now;
    const match = found(select, typed) ?? found(select, key);
    if (!match) return;
    if (!found(select, typed)) typed = key;
    choose(select, match);
  }

  // --- Sending --------------------------------------------------------------

  const waiting = () => JSON.parse(sessionStorage.getItem(QUEUE) ?? "[]");
  const keep = (queue) => sessionStorage.setItem(QUEUE, JSON.stringify(queue));

  function receipt() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function tell(signedOut) {
    const place = document.getElementById("entry-waiting");
    const count = waiting().length;
    if (!place) return;
    if (!count) place.textContent = "";
    else place.textContent = (signedOut ? place.dataset.signedOut : place.dataset.waiting).replace("#", String(count));
  }

  // What became of a post: the page that answered, or nothing where none did.
  async function send(body) {
    try {
      const response = await fetch("/accesses", {
        method: "POST",
        body: new URLSearchParams(body),
        signal: AbortSignal.timeout(GIVE_UP_MS),
      });
      if (response.status >= 500 || response.status === 429) return { state: "down" };
      if (new URL(response.url).pathname === "/sign-in" || response.status === 403) return { state: "signed-out" };
      return { state: response.ok ? "entered" : "refused", html: await response.text() };
    } catch {
      return { state: "down" };
    }
  }

  function show(html, focusErrors) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main");
    if (!main) return;
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(main));
    begin();
    const errors = document.querySelector(".dom-errors");
    if (focusErrors && errors) errors.focus();
    else document.querySelector("#entry select")?.focus();
  }

  let sending = false;

  async function flush() {
    if (sending) return;
    sending = true;
    let last;
    while (waiting().length) {
      const answer = await send(waiting()[0]);
      if (answer.state === "down" || answer.state === "signed-out") {
        tell(answer.state === "signed-out");
        setTimeout(flush, AGAIN_MS);
        sending = false;
        return;
      }
      // Meanwhile others may have come behind it.
      keep(waiting().slice(1));
      last = answer;
      if (answer.state === "refused") break;
    }
    sending = false;
    tell(false);
    if (last) show(last.html, last.state === "refused");
  }

  async function onSubmit(form, event) {
    if (sending) {
      event.preventDefault();
      queue(form);
      return;
    }
    event.preventDefault();
    sending = true;
    const body = new URLSearchParams(new FormData(form)).toString();
    const answer = await send(body);
    sending = false;
    if (answer.state === "entered" || answer.state === "refused") show(answer.html, answer.state === "refused");
    else {
      queue(form);
      if (answer.state === "signed-out") tell(true);
      setTimeout(flush, AGAIN_MS);
    }
  }

  function queue(form) {
    keep([...waiting(), new URLSearchParams(new FormData(form)).toString()]);
    form.elements.receipt.value = receipt();
    form.querySelector("select")?.focus();
    tell(false);
  }

  function begin() {
    const form = document.getElementById("entry");
    if (!form) return;
    form.querySelectorAll("select").forEach(number);
    form.addEventListener("focusin", () => {
      typed = "";
    });
    form.addEventListener("keydown", (event) => onKey(form, event));
    form.addEventListener("submit", (event) => onSubmit(form, event));
    tell(false);
  }

  begin();
  addEventListener("online", flush);
  if (waiting().length) flush();
})();
