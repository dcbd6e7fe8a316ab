// Makes the registering forms quicker, and is never needed: without it weeks are
// typed as text and drafts are kept by a button. Paints a week by mouse, finger
// or keys, each showing the other with its text field, and keeps the draft while
// somebody types.

const DAYS = 7;
const SLOTS = 48;
const DAY_NAMES = [
  "mon tue wed thu fri sat sun",
  "lun mar mer gio ven sab dom",
  "monday tuesday wednesday thursday friday saturday sunday",
  "lunedì martedì mercoledì giovedì venerdì sabato domenica",
].map((line) => line.split(" "));
/** What is typed in more words than this is read when it is sent. */
const ENTRY = /^([\p{L},\s–-]+?)[\s:]*(\d{1,2})(?:[:.](\d{2}))?\s*[–-]\s*(\d{1,2})(?:[:.](\d{2}))?$/u;
const FIRST_MS = 1000;
const EVERY_MS = 1500;
/** A browser takes no more along from a page that is left. */
const KEEPALIVE_BYTES = 60_000;
const QUIET_MS = 3000;
const HOLD_MS = 350;
const STAYS_PX = 8;
const MOST_UNDONE = 50;

/** Half-hours from Monday 00:00; undefined where the text is no week. */
function parseWeek(text) {
  const week = new Array(DAYS * SLOTS).fill(false);
  for (const entry of text.split(";").map((part) => part.trim())) {
    if (entry === "" || entry === "-") continue;
    const found = entry.match(ENTRY);
    if (!found) return undefined;
    const from = parseTime(found[2], found[3]);
    const to = parseTime(found[4], found[5]);
    const days = parseDays(found[1]);
    if (from === undefined || to === undefined || from === to || from === SLOTS || !days) return undefined;
    const length = (to + SLOTS - from) % SLOTS || SLOTS;
    for (const day of days) {
      for (let slot = 0; slot < length; slot += 1) week[(day * SLOTS + from + slot) % week.length] = true;
    }
  }
  return week;
}

function parseTime(hour, minute = "0") {
  const slot = Number(hour) * 2 + Number(minute) / 30;
  return Number.isInteger(slot) && Number(minute) < 60 && slot <= SLOTS ? slot : undefined;
}

function parseDays(text) {
  const days = [];
  const number = (name) => {
    const known = DAY_NAMES.map((names) => names.indexOf(name.trim().toLowerCase())).filter((day) => day >= 0);
    return known[0];
  };
  for (const item of text.split(",")) {
    const [first, last = item] = item.split(/[–-]/);
    const [from, to] = [number(first), number(last)];
    if (from === undefined || to === undefined) return undefined;
    for (let day = from; ; day = (day + 1) % DAYS) {
      days.push(day);
      if (day === to) break;
    }
  }
  return days;
}

function runs(length, holds) {
  const found = [];
  for (let at = 0; at < length; at += 1) {
    if (!holds(at)) continue;
    const last = found[found.length - 1];
    if (last && last[1] === at) last[1] = at + 1;
    else found.push([at, at + 1]);
  }
  return found;
}

const time = (slot) => `${String(Math.floor(slot / 2)).padStart(2, "0")}:${slot % 2 ? "30" : "00"}`;

/** The canonical text, with the days in the page's language. */
function writeWeek(week, names) {
  const entries = [];
  for (let day = 0; day < DAYS; day += 1) {
    for (const [from, to] of runs(SLOTS, (slot) => week[day * SLOTS + slot])) {
      const same = entries.find((entry) => entry.from === from && entry.to === to);
      if (same) same.days.push(day);
      else entries.push({ from, to, days: [day] });
    }
  }
  entries.sort((a, b) => a.days[0] - b.days[0] || a.from - b.from);
  return entries
    .map(({ from, to, days }) => {
      const stretches = runs(DAYS, (day) => days.includes(day)).map(([first, end]) =>
        end - first >= 3 ? `${names[first]}-${names[end - 1]}` : names.slice(first, end).join(","),
      );
      return `${stretches.join(",")} ${time(from)}-${time(to)}`;
    })
    .join("; ");
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A field a day, as one text of the whole week. */
function dayFields(prefix) {
  const fields = Array.from({ length: DAYS }, (_, day) => document.getElementById(`${prefix}${day}`));
  const pieces = (text) => text.split(/[,;،]/).filter((piece) => piece.trim());
  return {
    get value() {
      return fields.flatMap((field, day) => pieces(field.value).map((piece) => `${DAY_NAMES[0][day]} ${piece}`)).join("; ");
    },
    set value(text) {
      const week = parseWeek(text);
      fields.forEach((field, day) => {
        const times = runs(SLOTS, (slot) => week[day * SLOTS + slot]);
        field.value = times.map(([from, to]) => `${time(from)}-${time(to)}`).join(", ");
      });
    },
    addEventListener: (kind, listener) => fields.forEach((field) => field.addEventListener(kind, listener)),
    dispatchEvent: () => {},
  };
}

function painter(host) {
  const byDay = host.dataset.dayFields;
  const field = byDay ? dayFields(byDay) : document.getElementById(host.dataset.week);
  const longNames = host.dataset.days.split("|");
  const names = host.dataset.shortDays.split("|");
  let week = parseWeek(field.value) ?? new Array(DAYS * SLOTS).fill(false);
  const cells = [];
  const note = element("p", { class: "dom-hint", dir: "auto" });
  const grid = element("div", { role: "grid", class: "dom-paint-grid", "aria-label": host.dataset.label, "aria-multiselectable": "true" });

  const hours = element("div", { class: "dom-paint-row", "aria-hidden": "true" }, element("span", {}));
  for (let slot = 0; slot < SLOTS; slot += 1) {
    hours.append(element("span", { class: "dom-paint-hour" }, slot % 4 === 0 ? String(slot / 2) : ""));
  }
  grid.append(hours);
  for (let day = 0; day < DAYS; day += 1) {
    const row = element("div", { role: "row", class: "dom-paint-row" }, element("span", { role: "rowheader", class: "dom-paint-day", "aria-label": longNames[day] }, names[day]));
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const cell = element("span", {
        role: "gridcell",
        class: slot % 2 ? "dom-paint-cell" : "dom-paint-cell dom-paint-full",
        tabindex: "-1",
        "aria-label": `${longNames[day]} ${time(slot)}–${time(slot + 1)}`,
      });
      cell.dataset.at = String(day * SLOTS + slot);
      cells.push(cell);
      row.append(cell);
    }
    grid.append(row);
  }

  function draw() {
    let count = 0;
    cells.forEach((cell, at) => {
      cell.setAttribute("aria-selected", week[at] ? "true" : "false");
      count += week[at] ? 1 : 0;
    });
    note.textContent = host.dataset.hours.replace("{hours}", (count / 2).toLocaleString(document.documentElement.lang));
  }

  /** What can be taken back, the latest last. */
  const past = [];
  const undo = element("button", { type: "button", class: "btn btn-outline-primary btn-sm", disabled: "" }, host.dataset.undo);
  function remember(before) {
    if (before.every((value, at) => value === week[at])) return;
    past.push(before);
    if (past.length > MOST_UNDONE) past.shift();
    undo.disabled = false;
  }
  undo.addEventListener("click", () => {
    week = past.pop() ?? week;
    write();
    undo.disabled = past.length === 0;
    // A button that is switched off would take the focus with it.
    if (undo.disabled) focusOn(focused, true);
  });

  function write() {
    field.value = writeWeek(week, byDay ? DAY_NAMES[0] : names);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    draw();
  }

  /** All between two half-hours, as a rectangle of days and times. */
  function fill(from, to, value, before) {
    week = before.slice();
    const [firstDay, lastDay] = [Math.floor(from / SLOTS), Math.floor(to / SLOTS)].sort((a, b) => a - b);
    const [firstSlot, lastSlot] = [from % SLOTS, to % SLOTS].sort((a, b) => a - b);
    for (let day = firstDay; day <= lastDay; day += 1) {
      for (let slot = firstSlot; slot <= lastSlot; slot += 1) week[day * SLOTS + slot] = value;
    }
    write();
  }

  let focused = 16; // Monday at eight.
  function focusOn(at, preventScroll = false) {
    cells[focused].tabIndex = -1;
    focused = at;
    cells[focused].tabIndex = 0;
    cells[focused].focus({ preventScroll });
  }
  cells[focused].tabIndex = 0;

  let stroke;
  const cellAt = (event) => {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("[data-at]");
    return found && grid.contains(found) ? Number(found.dataset.at) : undefined;
  };
  grid.addEventListener("pointerdown", (event) => {
    const at = cellAt(event);
    if (at === undefined || event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    const started = { from: at, to: at, value: !week[at], before: week.slice(), isFinger: event.pointerType === "touch", isOn: false, x: event.clientX, y: event.clientY };
    stroke = started;
    // A finger that moves up or down at once moves the page: it paints when it taps,
    // goes across, or has stayed where it is for a moment.
    if (started.isFinger) started.held = setTimeout(() => stroke === started && paint(), HOLD_MS);
    else paint();
  });
  function paint() {
    clearTimeout(stroke.held);
    if (!stroke.isOn) focusOn(stroke.from, stroke.isFinger);
    stroke.isOn = true;
    fill(stroke.from, stroke.to, stroke.value, stroke.before);
  }
  addEventListener("pointermove", (event) => {
    if (!stroke || !event.isPrimary) return;
    if (stroke.isFinger && !stroke.isOn) {
      const [across, along] = [Math.abs(event.clientX - stroke.x), Math.abs(event.clientY - stroke.y)];
      if (Math.max(across, along) < STAYS_PX) return;
      if (along >= across) {
        clearTimeout(stroke.held);
        stroke = undefined;
        return;
      }
    }
    const at = cellAt(event);
    if (at === undefined || at === stroke.to) return;
    stroke.to = at;
    paint();
  });
  addEventListener("pointerup", (event) => {
    if (!stroke || !event.isPrimary) return;
    if (!stroke.isOn) paint();
    remember(stroke.before);
    stroke = undefined;
  });
  addEventListener("pointercancel", () => {
    if (!stroke) return;
    clearTimeout(stroke.held);
    if (stroke.isOn) {
      week = stroke.before;
      write();
    }
    stroke = undefined;
  });
  const whilePainting = (event) => stroke?.isFinger && stroke.isOn && event.cancelable && event.preventDefault();
  grid.addEventListener("touchmove", whilePainting, { passive: false });
  grid.addEventListener("contextmenu", (event) => stroke?.isFinger && event.preventDefault());

  let extending;
  grid.addEventListener("keydown", (event) => {
    const upright = getComputedStyle(grid).gridAutoFlow.startsWith("column");
    const along = { ArrowRight: 1, ArrowLeft: -1 };
    const across = { ArrowDown: 1, ArrowUp: -1 };
    const [times, days] = upright ? [across, along] : [along, across];
    const day = Math.floor(focused / SLOTS);
    const slot = focused % SLOTS;
    let next;
    if (event.key in times) next = day * SLOTS + Math.min(SLOTS - 1, Math.max(0, slot + times[event.key]));
    else if (event.key in days) next = Math.min(DAYS - 1, Math.max(0, day + days[event.key])) * SLOTS + slot;
    else if (event.key === "Home") next = day * SLOTS;
    else if (event.key === "End") next = day * SLOTS + SLOTS - 1;
    else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      const before = week.slice();
      week[focused] = !week[focused];
      remember(before);
      write();
      return;
    } else return;
    event.preventDefault();
    if (event.shiftKey) {
      extending ??= { from: focused, value: true, before: week.slice() };
      fill(extending.from, next, extending.value, extending.before);
    } else extended();
    focusOn(next);
  });
  function extended() {
    if (extending) remember(extending.before);
    extending = undefined;
  }
  grid.addEventListener("keyup", (event) => {
    if (event.key === "Shift") extended();
  });
  grid.addEventListener("focusout", (event) => {
    if (!grid.contains(event.relatedTarget)) extended();
  });

  field.addEventListener("input", () => {
    const read = parseWeek(field.value);
    // What is typed is taken back where it is typed.
    past.length = 0;
    undo.disabled = true;
    if (read) {
      week = read;
      draw();
    } else note.textContent = host.dataset.unread;
  });

  const clear = element("button", { type: "button", class: "btn btn-outline-primary btn-sm" }, host.dataset.clear);
  clear.addEventListener("click", () => {
    const before = week;
    week = week.map(() => false);
    remember(before);
    write();
  });
  const fold = element("details", { class: "dom-fold" }, element("summary", { dir: "auto" }, host.dataset.label), element("p", { class: "dom-hint", dir: "auto" }, host.dataset.help), grid, note, element("p", { class: "dom-row" }, undo, clear));
  fold.open = matchMedia("(min-width: 48rem)").matches;
  host.append(fold);
  host.hidden = false;
  draw();
}

/** Keeps the draft every few seconds while somebody types, and when the page is left. */
function keepDrafts(form) {
  const shown = form.querySelector("[data-kept-at]");
  const said = form.querySelector("[data-kept]");
  const typed = () => new URLSearchParams(new FormData(form)).toString();
  let kept = typed();
  let when = "";
  let turn = 0;
  let latest = 0;
  let left;
  let waiting;
  let flying;
  let isSent = false;
  let isTouched = false;

  const show = () => {
    const isKept = kept === typed();
    const key = isKept ? "keptAt" : when ? "keptBefore" : "notKept";
    shown.textContent = isKept && !when ? "" : shown.dataset[key].replace("{when}", when);
  };
  // Said aloud is what changes, and not every keeping.
  const say = (text) => {
    if (said.textContent !== text) said.textContent = text;
  };
  const keep = async (isLeaving) => {
    clearTimeout(waiting);
    waiting = undefined;
    const sent = typed();
    const body = new URLSearchParams(sent);
    body.set("form", form.dataset.form);
    body.set("record", form.dataset.record);
    // One that arrives late does not take the place of a later one of this page.
    const own = (turn += 1);
    body.set("turn", `${performance.timeOrigin}:${own}`);
    if (isLeaving && !("keepalive" in Request.prototype)) {
      navigator.sendBeacon("/drafts", body);
      return;
    }
    const control = new AbortController();
    flying = control;
    const answer = await fetch("/drafts", { method: "POST", body, redirect: "manual", keepalive: isLeaving && sent.length < KEEPALIVE_BYTES, signal: control.signal }).catch(() => undefined);
    if (control.signal.aborted) return;
    if (own < latest) return;
    latest = own;
    if (answer?.status === 204) {
      kept = sent;
      when = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit", timeZone: "Europe/Rome" });
      say(said.dataset.kept);
      // Going back, or loading the page anew, finds what was kept.
      if (!form.dataset.record && !isLeaving) history.replaceState(null, "", `${form.action}?draft=${form.elements.draft.value}`);
    } else {
      left = undefined;
      say(said.dataset.notKept);
      // A network that was away is worth another try; who is signed out stays so.
      if (!answer && !isSent) waiting ??= setTimeout(() => keep(false), 5 * EVERY_MS);
    }
    show();
  };
  const later = () => {
    isSent = false;
    isTouched = true;
    show();
    if (kept !== typed()) waiting ??= setTimeout(() => keep(false), turn === 0 ? FIRST_MS : EVERY_MS);
  };
  const leave = () => {
    const now = typed();
    // A browser that puts back what stood there is nobody who types.
    if (isSent || !isTouched || now === kept || now === left) return;
    left = now;
    keep(true);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  // The form itself takes along all that is typed.
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(waiting);
    waiting = undefined;
    flying?.abort();
  });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
}

/** What is typed in does not lie beneath the line that has just appeared. */
function uncover(field) {
  const line = document.getElementById("in-short")?.getBoundingClientRect();
  const typed = field?.getBoundingClientRect();
  if (line?.height && typed && typed.bottom > line.top && typed.top < line.bottom) field.scrollIntoView({ block: "nearest" });
}

/** Asks anew for what stands beside the form, a little after the last change. */
function keepBeside(form, beside) {
  const others = [...document.querySelectorAll("[data-live-too]")];
  let waiting;
  let asked = 0;
  const ask = async () => {
    const turn = (asked += 1);
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "work_out");
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
    if (answer?.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // What is being used, or was overtaken by a later change, is left alone.
    if (turn !== asked) return;
    for (const there of [beside, ...others]) {
      const now = page.getElementById(there.id);
      // What says the same as before is not said again.
      if (!now || there.contains(document.activeElement) || there.innerHTML === now.innerHTML) continue;
      there.replaceChildren(...now.childNodes);
    }
    uncover(document.activeElement);
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 800);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => clearTimeout(waiting));
}

/** Saves from any field by a key, and says so. */
function saveByKey(form, hint) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  hint.hidden = false;
}

const form = document.getElementById("registering");
if (form) {
  const hint = document.getElementById("save-by-key");
  if (hint) saveByKey(form, hint);
  const beside = document.querySelector("[data-live]");
  if (beside) keepBeside(form, beside);
  for (const host of form.querySelectorAll("[data-week]")) painter(host);
  if ("keeps" in form.dataset) keepDrafts(form);
}
