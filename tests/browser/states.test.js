// The pages that the walk over the demonstration doesn't meet: a new installation
// without rows, one with a row of each kind, one with hundreds; every form refused,
// left empty and filled with far too much; every record saved over what somebody else
// saved meanwhile. All of them at 320 px, read by the accessibility checker and as HTML.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessibility, htmlChecker, launch, outFolder, overflow, watch } from "./browser.js";
import { demo, installation, routes } from "./program.js";
import { enter, secondStep } from "./site.js";

const NARROW = { width: 320, height: 640 };
const PASSWORD = "una frase inventata per prova";
/** More than any field takes. */
const FAR_TOO_MUCH = "Parola ".repeat(600);

const html = htmlChecker(outFolder("states"));
const table = routes();
let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

/** Addresses of the pages that a desk's administrator opens and nobody else from outside. */
function addresses() {
  const own = table.filter(({ method, roles }) => method === "GET" && roles.includes("administrator") && !roles.includes("nobody"));
  return [...new Set(own.flatMap(({ samples }) => samples))];
}

async function narrow(program) {
  const context = await browser.newContext({ locale: "it-IT", reducedMotion: "reduce", viewport: NARROW });
  const watched = await watch(context, program.origin);
  return { context, watched, page: await context.newPage() };
}

/** What is wrong with a page as it stands. */
async function findings(page, watched, name) {
  html.save(name.replaceAll(/[^\w]+/g, "-"), await page.content());
  const wrong = [...watched.take(), ...(await accessibility(page)), ...(await overflow(page)).map((element) => `wider than ${NARROW.width} px: ${element}`)];
  watched.take(); // What the checker itself loads is not the page's.
  return wrong.map((finding) => `${name}: ${finding}`);
}

const number = (n) => String(n).padStart(6, "0");
const letters = (n) => [...String(n)].map((digit) => "abcdefghij"[digit]).join("");

/** Files of so many made-up workers, families and requests. */
function files(count) {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  const workers = all.map((n) => `W-${number(n)},Prova,Inventata${letters(n)},f,+39399000${number(n)},Grosseto,20,hourly|night,Mon-Fri 07:00-20:00,eu_citizen,2026-01-01,yes,grosseto`);
  const families = all.map((n) => `F-${number(n)},Finta,Famiglia${letters(n)},+39398000${number(n)},Grosseto,grosseto`);
  // Half of the requests are one family's, so that its own page grows too.
  const requests = all.map((n) => `R-${number(n)},F-${number(n % 2 ? 1 : n)},Grosseto,hourly,Mon-Fri 08:00-12:00,2026-12-01,2026-11-01`);
  return [
    ["workers", ["code,given_name,family_name,sex,phone,comune,max_km,arrangements,availability,permit_type,consent_on,share_without_asking,desk", ...workers].join("\n")],
    ["families", ["code,given_name,family_name,phone,comune,desk", ...families].join("\n")],
    ["requests", ["code,family,comune,arrangement,schedule,start_date,opened_on", ...requests].join("\n")],
  ];
}

for (const [what, count] of [["no", 0], ["one", 1], ["many", 300]]) {
  test(`every page is sound with ${what} rows`, async (t) => {
    const program = await installation(count ? files(count) : []);
    const { context, watched, page } = await narrow(program);
    const wrong = [];
    let looked = 0;
    let ended;
    try {
      await page.goto(program.origin + program.door);
      await page.locator("#password").fill(PASSWORD);
      await page.locator("#again").fill(PASSWORD);
      await page.locator("main button[type=submit]").click();
      await page.waitForURL((url) => url.pathname === "/sign-in");
      program.signIns = { administrator: { email: "prima@prova.example", password: PASSWORD } };
      await enter(page, program, "administrator");
      await secondStep(page, program);
      for (const path of addresses()) {
        const answer = await context.request.get(program.origin + path, { maxRedirects: 0 });
        if (answer.status() >= 500) wrong.push(`${path}: answers ${answer.status()}`);
        const isPage = (answer.headers()["content-type"] ?? "").startsWith("text/html");
        // What the demonstration has and a new installation has not is a page that says so, looked at once.
        if (answer.status() !== 200 || !isPage) continue;
        await page.goto(program.origin + path);
        looked += 1;
        wrong.push(...(await findings(page, watched, `${what} ${path}`)));
      }
    } finally {
      await context.close();
      ended = await program.stop();
    }
    assert.equal(ended, 0, "the program ends cleanly when told to");
    t.diagnostic(`${looked} pages looked at`);
    assert.ok(looked >= (count ? 50 : 30), `${looked} pages looked at`);
    assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
  });
}

/** The forms of a page that ask something: their place, where they lead, what they hold besides. */
function forms(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("main form[method=post]")].map((form, at) => ({
      at,
      action: new URL(form.action).pathname,
      asks: [...form.elements].some((one) => one.matches("input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select")),
      versioned: Boolean(form.elements.version ?? form.elements["version-0"]),
    })),
  );
}

/** Changes what a form holds and sends it as it then stands; the status of what comes back. */
async function sent(page, at, how) {
  const response = page.waitForResponse((one) => one.request().isNavigationRequest() && one.request().method() === "POST");
  const moved = page.waitForEvent("framenavigated").catch(() => undefined);
  await page.evaluate(
    ([place, change, long]) => {
      const form = document.querySelectorAll("main form[method=post]")[place];
      for (const one of form.elements) {
        if (one.matches("input:not([type=hidden], [type=file]), textarea")) {
          if (["radio", "checkbox"].includes(one.type)) one.checked = one.checked && change === "stale";
          else if (change !== "stale") one.value = change === "empty" ? "" : long;
        }
        if (one.matches("select") && change !== "stale") one.selectedIndex = 0;
      }
      if (change === "stale") {
        (form.elements.version ?? form.elements["version-0"]).value = "0";
        // A save that changes nothing is no conflict.
        const { given_name: name, max_pay_hour: pay } = form.elements;
        if (name) name.value = "Altra";
        else if (pay) pay.value = "99";
      }
      // As by the first button, past what scripts do instead of sending it.
      const { name, value } = form.querySelector("button:not([type=button])") ?? {};
      if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      HTMLFormElement.prototype.submit.call(form);
    },
    [at, how, FAR_TOO_MUCH],
  );
  const answer = await response;
  // A file leaves the page where it is.
  if (!answer.headers()["content-disposition"]) await moved;
  await page.waitForLoadState();
  return answer.status();
}

test("every form that is refused says so to everybody, and every stale save", async (t) => {
  const program = await demo();
  const { context, watched, page } = await narrow(program);
  const wrong = [];
  const counts = { empty: 0, long: 0, stale: 0 };
  let ended;
  try {
    await enter(page, program, "administrator");
    const seen = new Set();
    for (const path of addresses()) {
      const found = await context.request.get(program.origin + path, { maxRedirects: 0 });
      if (found.status() !== 200 || !(found.headers()["content-type"] ?? "").startsWith("text/html")) continue;
      await page.goto(program.origin + path);
      for (const form of await forms(page)) {
        // Of forms that differ by a code alone one is enough.
        const kind = form.action.replaceAll(/\d+/g, "");
        if (!(form.asks || form.versioned) || seen.has(`${kind} ${form.at}`)) continue;
        seen.add(`${kind} ${form.at}`);
        for (const how of [...(form.versioned ? ["stale"] : []), ...(form.asks ? ["empty", "long"] : [])]) {
          await page.goto(program.origin + path);
          if ((await forms(page))[form.at]?.action !== form.action) break; // It was taken, and is no more.
          const name = `${form.action} ${how}`;
          const status = await sent(page, form.at, how);
          if (status >= 500) wrong.push(`${name}: answers ${status}`);
          if (status !== (how === "stale" ? 409 : 422)) continue;
          counts[how] += 1;
          // What was done already, or too soon, is refused by a page of its own.
          const whole = (await page.title()).startsWith("Non si può fare");
          if (!whole && !/^Errore: /.test(await page.title())) wrong.push(`${name}: its title is ${await page.title()}`);
          const focus = await page.evaluate(() => document.activeElement?.className ?? "");
          if (!whole && !focus.includes("dom-errors")) wrong.push(`${name}: the errors have not the focus, but ${focus}`);
          wrong.push(...(await findings(page, watched, name)));
        }
      }
    }
  } finally {
    await context.close();
    ended = await program.stop();
  }
  t.diagnostic(`refused: ${counts.empty} left empty, ${counts.long} with far too much, ${counts.stale} stale`);
  assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
  // At the least a worker, a family and a request.
  assert.ok(counts.empty >= 20 && counts.long >= 20 && counts.stale >= 3, JSON.stringify(counts));
  assert.equal(ended, 0, "the program ends cleanly when told to");
});

test("every page of the states is valid HTML", () => {
  const found = html.findings();
  assert.equal(found.length, 0, `\n${found.join("\n")}`);
});
