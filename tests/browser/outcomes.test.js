// What people are asked by link, and what the desk reads of it: survey pages that
// record nothing until a form is sent, big enough for a finger, in the reader's
// language; the outcome page with its definitions a tap away and all its files.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, launch, outFolder, overflow, picture, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const out = outFolder("outcomes");
const NARROW = { width: 320, height: 640 };
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

/** The links of the mails that the demonstration keeps, one a mail. */
async function links() {
  const context = await browser.newContext({ locale: "it-IT" });
  const page = await context.newPage();
  await enter(page, program, "administrator");
  await page.goto(`${program.origin}/admin/mail?state=kept`);
  const mails = await page.locator("main table a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  const found = [];
  for (const mail of new Set(mails)) {
    await page.goto(program.origin + mail);
    const text = await page.locator("main").innerText();
    const link = text.match(/https?:\/\/\S+(\/s\/[\w-]+)/)?.[1];
    if (link) found.push(link);
  }
  await context.close();
  assert.ok(found.length > 3, "the demonstration has asked somebody");
  return found;
}

/** What the report knows of answers. */
async function answered() {
  const context = await browser.newContext({ locale: "it-IT" });
  const page = await context.newPage();
  await enter(page, program, "operator");
  const report = await (await context.request.get(`${program.origin}/reports/outcomes/json`)).json();
  await context.close();
  return report.answered;
}

for (const scripts of [true, false]) {
  test(`survey pages ask at most four things, and looking records nothing, scripts ${scripts ? "on" : "off"}`, async () => {
    const before = await answered();
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: NARROW });
    const watched = await watch(context, program.origin);
    const page = await context.newPage();
    const languages = new Set();
    for (const link of await links()) {
      await page.goto(`${program.origin}${link}`);
      const language = await page.getAttribute("html", "lang");
      assert.equal(await page.getAttribute("html", "dir"), language === "ar" ? "rtl" : "ltr");
      const names = await page.locator("main a[href*='n=']").count();
      if (names > 0) await page.goto(`${program.origin}${link}?n=1`);
      const questions = await page.locator("main form .dom-field, main form fieldset").count();
      assert.ok(questions >= 1 && questions <= 4, `${questions} questions on one screen`);
      for (const choice of await page.locator("main form input[type=radio] + label").all()) {
        const box = await choice.boundingBox();
        assert.ok(box.height >= 44, `a target of ${box.height} px`);
      }
      assert.deepEqual(await overflow(page), [], language);
      if (scripts) assert.deepEqual(await accessibility(page), [], language);
      if (!languages.has(language)) await picture(page, join(out, `survey-${language}.png`));
      languages.add(language);
    }
    assert.ok(languages.size >= 4 && languages.has("ar"), `${[...languages]}`);
    assert.deepEqual(watched.take(), []);
    await context.close();
    assert.deepEqual(await answered(), before, "nobody sent a form");
  });
}

test("an answer is two taps, can be corrected, and shows in the report", async () => {
  const before = await answered();
  const context = await browser.newContext({ viewport: NARROW, javaScriptEnabled: false });
  const page = await context.newPage();
  const all = await links();
  let link;
  for (const one of all) {
    await page.goto(`${program.origin}${one}`);
    if ((await page.locator("main input[name=result]").count()) > 0) link = one;
  }
  assert.ok(link, "somebody is asked about one name");
  await page.goto(`${program.origin}${link}?a=no`);
  assert.equal(await page.locator("input[name=result]:checked").getAttribute("value"), "no", "chosen by the mail's button");
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(/thanks/);
  await page.goto(`${program.origin}${link}`);
  await page.locator("input[name=result][value=deciding]").check();
  await page.locator("main form button[type=submit]").first().click();
  const after = await answered();
  assert.equal(after.any, before.any + 1, "one introduction more has an answer");
  await context.close();
});

test("the outcome page leads with the sentence, and each figure's definition is a tap away", async () => {
  const context = await browser.newContext({ locale: "it-IT", viewport: { width: 1366, height: 900 } });
  const watched = await watch(context, program.origin);
  const page = await context.newPage();
  await enter(page, program, "operator");
  const from = new Date();
  from.setMonth(from.getMonth() - 20);
  const period = `from=${from.toISOString().slice(0, 10)}&to=${new Date().toISOString().slice(0, 10)}`;
  await page.goto(`${program.origin}/reports/outcomes?${period}`);
  assert.match(await page.locator("main h1 + *").innerText(), /richieste/, "the sentence comes first");
  const sections = await page.locator("main section").count();
  assert.ok(sections >= 10, `${sections} sections`);
  assert.equal(await page.locator("main section details").count(), sections);
  assert.equal(await page.locator("main section table").count(), sections, "a table beside every picture");
  const first = page.locator("main section details").first();
  await first.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.ok(await first.locator("p").isVisible(), "by the keyboard too");
  await picture(page, join(out, "outcomes-wide.png"));
  assert.deepEqual(await accessibility(page), []);
  await page.setViewportSize(NARROW);
  assert.deepEqual(await overflow(page), [], "nothing is wider than the telephone");
  await picture(page, join(out, "outcomes-narrow.png"));
  for (const kind of ["pdf", "xlsx", "csv", "json"]) {
    const file = await context.request.get(`${program.origin}/reports/outcomes/${kind}?${period}`);
    assert.equal(file.status(), 200, kind);
  }
  assert.deepEqual(watched.take(), []);
  await context.close();
});
