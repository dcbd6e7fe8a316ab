// A sheet goes to its family by mail: the operator sends the link and says the code,
// the family opens it and takes the sheet, and the worker's page tells of it. Then
// who opened what. With scripts and without; pictures wide and narrow.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, launch, outFolder, picture, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const out = outFolder("delivery");
const WIDE = { width: 1366, height: 900 };
const NARROW = { width: 320, height: 700 };
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

/** Open requests of the demonstration with their families' pages, as an operator reads them. */
async function openRequests(context) {
  const read = async (path) => (await context.request.get(program.origin + path)).text();
  const list = await read("/requests?status=open");
  return [...new Set([...list.matchAll(/href="\/requests\/([\w-]+)\/match"/g)].map(([, code]) => code))];
}

/** Issues a sheet for the first request whose family has an address, and leads to it. */
async function issue(page, context) {
  for (const request of await openRequests(context)) {
    await page.goto(`${program.origin}/requests/${request}/match`);
    const choice = page.locator("main input[name=worker]").first();
    if (!(await choice.count())) continue;
    await choice.check();
    await page.locator("main form button[formaction$='/sheet']").first().click();
    const asked = page.locator("main input[name=asked]").first();
    if (await asked.count()) await asked.check();
    const skipped = page.locator("#skipped");
    if (await skipped.count()) {
      await skipped.selectOption(await skipped.locator("option[value]:not([value=''])").first().getAttribute("value"));
    }
    await page.locator("main form[method=post] button[type=submit]").first().click();
    await page.waitForLoadState();
    const path = new URL(page.url()).pathname;
    if (!/^\/sheets\//.test(path)) continue;
    if (await page.locator("main form[action$='/send']").count()) return path;
  }
  throw new Error("no family of the demonstration has an address and a fit");
}

/** Looks at a page until it shows something; the program delivers within some seconds. */
async function until(page, path, selector) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto(program.origin + path);
    if (await page.locator(selector).count()) return;
    await page.waitForTimeout(1000);
  }
  throw new Error(`${path} never shows ${selector}`);
}

async function pictures(page, name) {
  for (const [width, size] of [["wide", WIDE], ["narrow", NARROW]]) {
    await page.setViewportSize(size);
    await picture(page, join(out, `${name}-${width}.png`));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide at ${size.width}`);
  }
  await page.setViewportSize(WIDE);
}

for (const scripts of [true, false]) {
  test(`a family opens its sheet with the code, scripts ${scripts ? "on" : "off"}`, async () => {
    const settings = { locale: "it-IT", javaScriptEnabled: scripts, viewport: WIDE, acceptDownloads: true };
    const context = await browser.newContext(settings);
    const watched = await watch(context, program.origin);
    const page = await context.newPage();
    const checked = async (name) => {
      assert.deepEqual(watched.take(), [], name);
      if (scripts) assert.deepEqual(await accessibility(page), [], name);
      watched.take();
      await pictures(page, `${scripts ? "scripts" : "plain"}-${name}`);
    };
    await enter(page, program, "operator");
    const sheet = await issue(page, context);
    await checked("1-sheet");
    await page.locator("main form[action$='/send'] button").click();
    const code = (await page.locator("#code").innerText()).replace(/\s/g, "");
    assert.match(code, /^\d{6}$/);
    await checked("2-code");
    await page.goto(program.origin + sheet);
    await checked("3-sent");
    const worker = await page.locator("main dl a[href^='/workers/']").first().getAttribute("href");

    // The administrator lets the mail go before its minute is over, and reads it.
    const office = await browser.newContext(settings);
    const mails = await office.newPage();
    await enter(mails, program, "administrator");
    await mails.goto(`${program.origin}/admin/mail`);
    const mail = await mails.locator("main tbody a", { hasText: "Collegamento alla scheda" }).first().getAttribute("href");
    await mails.goto(program.origin + mail);
    await mails.locator("main form[action$='/retry'] button").click();
    await until(mails, mail, "pre.dom-mail");
    const body = await mails.locator("pre.dom-mail").innerText();
    const link = body.match(/\S+\/f\/[\w-]+/)[0];
    assert.ok(!body.includes(code), "the mail does not tell the code");

    const home = await browser.newContext(settings);
    const seen = await watch(home, program.origin);
    const family = await home.newPage();
    await family.goto(link);
    assert.equal(new URL(family.url()).pathname, "/f", "the token leaves the address");
    if (scripts) assert.deepEqual(await accessibility(family), []);
    await pictures(family, `${scripts ? "scripts" : "plain"}-4-asked`);
    await family.locator("#code").fill(code === "000000" ? "000001" : "000000");
    await family.locator("main button[type=submit]").click();
    await family.locator(".dom-error").first().waitFor();
    await pictures(family, `${scripts ? "scripts" : "plain"}-5-wrong`);
    await family.locator("#code").fill(code);
    await family.locator("main button[type=submit]").click();
    const take = family.locator("main form[action='/f/sheet'] button");
    await take.waitFor();
    await pictures(family, `${scripts ? "scripts" : "plain"}-6-open`);
    seen.take(); // A wrong code is answered with 422, which the browser notes.
    const [download] = await Promise.all([family.waitForEvent("download"), take.click()]);
    const pdf = readFileSync(await download.path());
    assert.equal(pdf.subarray(0, 4).toString("latin1"), "%PDF");
    writeFileSync(join(out, "sheet.pdf"), pdf);

    await page.goto(`${program.origin}${worker}/disclosures`);
    const rows = await page.locator("main tbody tr").allInnerTexts();
    const number = sheet.split("/").pop();
    assert.ok(rows.some((row) => row.includes(number) && row.includes("scheda aperta con il codice")), rows.join("\n"));
    await checked("7-disclosures");

    await mails.goto(`${program.origin}/admin/reads?record=${worker.split("/").pop()}`);
    const opened = await mails.locator("main tbody tr").allInnerTexts();
    assert.ok(opened.some((row) => row.includes("GET /workers/{code}/disclosures")), opened.join("\n"));
    if (scripts) assert.deepEqual(await accessibility(mails), []);
    await pictures(mails, `${scripts ? "scripts" : "plain"}-8-reads`);

    await page.goto(program.origin + sheet);
    await page.locator("main details:has(form[action$='/revoke']) summary").click();
    await page.locator("#reason").selectOption("error");
    await page.locator("main form[action$='/revoke'] button[type=submit]").click();
    await page.locator("main .dom-tasks li", { hasText: "non vale più" }).first().waitFor();
    await checked("9-revoked");
    await page.goto(`${program.origin}/tasks`);
    await checked("10-tasks");
    await family.goto(`${program.origin}/f`);
    assert.equal(await family.locator("form").count(), 0, "a revoked sheet opens no more");
    for (const one of [context, office, home]) await one.close();
  });
}
