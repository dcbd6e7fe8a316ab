// The access log as a desk uses it: key presses counted, a connection that drops,
// scripts off, a phone. Contacts are made up.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, launch, outFolder, picture, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const out = outFolder("accesses");
let program;
let browser;

before(async () => {
  program = await demo();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  assert.equal(await program?.stop(), 0, "the program ends cleanly when told to");
});

async function desk(options = {}) {
  const context = await browser.newContext({ locale: "it-IT", viewport: { width: 1366, height: 900 }, ...options });
  const watched = await watch(context, program.origin);
  const page = await context.newPage();
  await enter(page, program, "operator");
  await page.goto(`${program.origin}/accesses`);
  return { context, page, watched };
}

/** How many the page says were entered today. */
async function today(page) {
  const text = await page.locator("#entry-today").textContent();
  if (/^\s*Nessun/.test(text)) return 0;
  if (/^\s*Un /.test(text)) return 1;
  return Number(text.match(/\d+/)[0]);
}

/** Waits until the page says so many. */
async function counts(page, expected) {
  const text = expected === 1 ? /^\s*Un accesso/ : new RegExp(`^\\s*${expected} accessi`);
  await page.locator("#entry-today").filter({ hasText: text }).waitFor();
}

/** What the form holds of each field. */
async function form(page) {
  return page.locator("#entry").evaluate((form) => Object.fromEntries([...form.querySelectorAll("select")].map((select) => [select.id, select.value])));
}

/** Keys, each counted. */
function keyboard(page) {
  let pressed = 0;
  return {
    async press(...keys) {
      for (const key of keys) {
        pressed += 1;
        await page.keyboard.press(key);
      }
    },
    taken() {
      const before = pressed;
      pressed = 0;
      return before;
    },
  };
}

test("a wholly new contact costs at most 25 keys, one like the last at most 6", async () => {
  const { context, page, watched } = await desk();
  const before = await today(page);
  const keys = keyboard(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "channel", "the first field has the focus");
  // Telephone, first contact, female, 31 to 40: a digit each. Then letters.
  await keys.press("2", "1", "1", "4");
  await keys.press("u", "c", "Tab"); // Ucraina
  await keys.press("f", "o", "Tab"); // Follonica
  await keys.press("a", "Tab"); // the first title with an a
  await keys.press("s", "c", "Tab"); // Scuola
  await keys.press("c", "a", "s", "a", "Tab"); // Casa
  await keys.press("o", "Enter"); // Orientamento
  const entered = keys.taken();
  await counts(page, before + 1);
  const kept = await form(page);
  assert.deepEqual(
    [kept.channel, kept.first_access, kept.sex, kept.age_band, kept.citizenship, kept.comune, kept.referred_by, kept.reason, kept.activation],
    ["telephone", "yes", "f", "31_40", "UA", "053009", "school", "housing", "orientation"],
  );
  assert.notEqual(kept.permit_type, "");
  assert.ok(entered <= 25, `${entered} keys`);
  await keys.press("Enter");
  const again = keys.taken();
  await counts(page, before + 2);
  assert.ok(again <= 6, `${again} keys`);
  console.log(`keys: ${entered} for a new one, ${again} for one like the last`);
  assert.deepEqual(await accessibility(page), []);
  await picture(page, join(out, "entered.png"));
  assert.deepEqual(watched.take(), []);
  await context.close();
});

test("several at once, one corrected, the last undone", async () => {
  const { context, page, watched } = await desk();
  const before = await today(page);
  await page.selectOption("#reason", "benefits");
  await page.locator("#count").fill("3");
  await page.keyboard.press("Enter");
  await counts(page, before + 3);
  assert.equal(await page.locator(".dom-entry-own li").count(), 3);
  await page.locator(".dom-entry-own a").first().click();
  await page.selectOption("#reason", "legal_info");
  await page.locator("#entry button[type=submit]").click();
  await page.locator(".dom-entry-own li", { hasText: "Informazione legale" }).waitFor();
  await counts(page, before + 3);
  await page.locator(".dom-entry-own button").first().click();
  await counts(page, before + 2);
  assert.equal(await page.locator(".dom-entry-own li", { hasText: "Informazione legale" }).count(), 0);
  assert.deepEqual(watched.take(), []);
  await context.close();
});

test("what is wrong stands beside its field, and what was typed stays", async () => {
  const { context, page } = await desk();
  const before = await today(page);
  await page.locator("#date").fill("31/02/2026");
  await page.locator("#count").fill("cento");
  await page.locator("#other_comune").fill("Groseto");
  await page.keyboard.press("Enter");
  await page.locator(".dom-errors").waitFor();
  assert.match(await page.title(), /^Errore:/);
  assert.equal(await page.locator("#date").inputValue(), "31/02/2026");
  assert.equal(await page.locator("#count").inputValue(), "cento");
  assert.equal(await page.locator("#other_comune").inputValue(), "Groseto");
  assert.equal(await page.evaluate(() => document.activeElement.className.includes("dom-errors")), true);
  assert.deepEqual(await accessibility(page), []);
  await page.goto(`${program.origin}/accesses`);
  assert.equal(await today(page), before);
  await context.close();
});

test("what is entered while the connection is down waits, and is sent once", async () => {
  const { context, page } = await desk();
  const before = await today(page);
  await page.selectOption("#reason", "flow_decree");
  await page.locator("#channel").focus();
  // The server gets the first post, and the answer is lost on the way back.
  let lost = 0;
  await page.route("**/accesses", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    lost += 1;
    if (lost === 1) await route.fetch({ maxRedirects: 0 });
    return route.abort("connectionfailed");
  });
  await page.keyboard.press("Enter");
  await page.locator("#entry-waiting", { hasText: "1 in attesa" }).waitFor();
  await context.setOffline(true);
  await page.keyboard.press("Enter");
  await page.locator("#entry-waiting", { hasText: "2 in attesa" }).waitFor();
  await picture(page, join(out, "waiting.png"));
  await page.unroute("**/accesses");
  await context.setOffline(false);
  await counts(page, before + 2);
  assert.equal((await page.locator("#entry-waiting").textContent()).trim(), "");
  await page.reload();
  assert.equal(await today(page), before + 2);
  await context.close();
});

test("without scripts it is slower, and works", async () => {
  const { context, page } = await desk({ javaScriptEnabled: false });
  const before = await today(page);
  await page.selectOption("#reason", "housing");
  await page.selectOption("#accompaniment", "opened");
  const posted = page.waitForRequest((request) => request.method() === "POST");
  await page.locator("#entry button[type=submit]").click();
  assert.equal(await today(page), before + 1);
  assert.match(await page.locator("[role=status]").first().textContent(), /A-\d{6}/);
  // The same form once more, as an impatient finger sends it: the same contact.
  const body = (await posted).postData();
  const again = await context.request.post(`${program.origin}/accesses`, {
    data: body,
    headers: { "content-type": "application/x-www-form-urlencoded", origin: program.origin },
  });
  assert.match(await again.text(), /Era già segnato/);
  await page.reload();
  assert.equal(await today(page), before + 1);
  await page.goto(`${program.origin}/accompaniments`);
  const cases = await page.locator("tbody tr").count();
  assert.ok(cases >= 1);
  await page.locator("tbody tr").first().locator("button").click();
  await page.locator("[role=status]", { hasText: "chiuso" }).first().waitFor();
  await context.close();
});

test("on a phone the form is one column, and nothing is cut", async () => {
  const { context, page, watched } = await desk({ viewport: { width: 360, height: 740 } });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width} pixels wide`);
  await picture(page, join(out, "phone.png"));
  assert.deepEqual(await accessibility(page), []);
  assert.deepEqual(watched.take(), []);
  await context.close();
});
