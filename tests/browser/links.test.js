// Private links in a real browser: the operator gives one, the worker opens it on a
// small telephone in each of eight languages, paints and types the hours, pauses and
// withdraws; a family sees its requests. Scripts on and off, and by keyboard.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, htmlChecker, launch, outFolder, picture, pictureOnTelephone, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const out = outFolder("links");
const WIDE = { width: 1366, height: 900 };
const SMALL = { width: 320, height: 740 };
const LANGUAGES = ["en", "fr", "es", "ro", "sq", "uk", "ar", "it"];
const html = htmlChecker(out);
let program;
let browser;
let operator;

before(async () => {
  program = await demo();
  browser = await launch();
  const context = await browser.newContext({ locale: "it-IT", viewport: WIDE });
  operator = await context.newPage();
  await enter(operator, program, "operator");
});

after(async () => {
  await browser?.close();
  assert.equal(await program?.stop(), 0, "the program ends cleanly when told to");
});

/** A new link of somebody's, by the text to copy. */
async function given(record) {
  await operator.goto(`${program.origin}${record}/link`);
  await operator.locator("button[value=text]").click();
  await operator.locator("#text").waitFor();
  const text = await operator.locator("#text").inputValue();
  return new URL(text.match(/https?:\S+/)[0]).pathname;
}

async function telephone(scripts = true) {
  const context = await browser.newContext({ locale: "it-IT", viewport: SMALL, javaScriptEnabled: scripts });
  const watched = await watch(context, program.origin);
  return { context, page: await context.newPage(), watched };
}

async function fits(page, what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= SMALL.width, `${what} runs off the telephone: ${wide}`);
}

/** The page as the program sends it, for the checker. */
const keep = async (page, name) => html.save(name, await (await page.context().request.get(page.url())).text());
const pictured = (page, name) => (page === operator ? picture : pictureOnTelephone)(page, join(out, `${name}.png`));

test("the operator's pages of links and calls", async () => {
  const watched = await watch(operator.context(), program.origin);
  await given("/workers/W-000001");
  await pictured(operator, "operator-text");
  assert.deepEqual(await accessibility(operator), []);
  await operator.locator("button[value=code]").click();
  await operator.locator("[role=status] strong").waitFor();
  await pictured(operator, "operator-code");
  assert.deepEqual(await accessibility(operator), []);
  await keep(operator, "operator");
  await operator.goto(`${program.origin}/to-call`);
  assert.deepEqual(await accessibility(operator), []);
  assert.deepEqual(watched.take(), []);
});

test("a worker's pages in every language, on a small screen", async () => {
  const link = await given("/workers/W-000002");
  const { page, watched } = await telephone();
  await page.goto(program.origin + link);
  const address = new URL(page.url()).pathname;
  assert.ok(address.startsWith("/mine/"), address);
  for (const language of LANGUAGES) {
    await page.goto(program.origin + address);
    const button = page.locator(`button[value=${language}]`);
    if (await button.count()) {
      await button.click();
      await page.locator(".alert-success").waitFor();
    }
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    for (const path of ["", "/week", "/withdraw", "/correct", "/code", "/appointment"]) {
      await page.goto(program.origin + address + path);
      const what = `${language}${path}`;
      await fits(page, what);
      assert.deepEqual(await accessibility(page), [], what);
      await pictured(page, `worker-${language}${path.replace("/", "-")}`);
      await keep(page, what.replace("/", "-"));
    }
    // What a telephone shows from right to left, and in another script: a fault, and thanks.
    if (!["ar", "uk"].includes(language)) continue;
    await page.goto(`${program.origin}${address}/week`);
    await page.locator("#day2").fill("8");
    await page.locator(".dom-paint summary").click();
    await page.locator("form#registering button[type=submit]").click();
    await page.locator("#day2-error").waitFor();
    await page.locator(".dom-paint summary").click();
    await fits(page, `${language}, wrong`);
    assert.deepEqual(await accessibility(page), [], `${language}, wrong`);
    await pictured(page, `worker-${language}-week-wrong`);
    await page.goto(program.origin + address);
    await page.locator(`form[action$="/confirm"] button`).click();
    await page.locator(".alert-success").waitFor();
    await pictured(page, `worker-${language}-confirmed`);
  }
  assert.deepEqual(watched.take(), []);
});

test("hours are painted by key and typed, and each shows the other", async () => {
  const link = await given("/workers/W-000003");
  const { page } = await telephone();
  await page.goto(program.origin + link);
  const address = new URL(page.url()).pathname;
  await page.goto(`${program.origin}${address}/week`);
  for (let day = 0; day < 7; day += 1) await page.locator(`#day${day}`).fill("");
  await page.locator("#day0").fill("08:00-09:00");
  await page.locator(".dom-paint summary").click();
  const chosen = page.locator(".dom-paint [aria-selected=true]");
  assert.equal(await chosen.count(), 2, "what is typed is painted");
  // Monday at eight has the focus first; the next hour is painted by key.
  await page.locator(".dom-paint [tabindex='0']").focus();
  for (const key of ["ArrowDown", "ArrowDown", "Enter", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  assert.equal(await page.locator("#day0").inputValue(), "08:00-10:00");
  assert.deepEqual(await accessibility(page), []);
  await pictured(page, "week-painted");
  await page.locator("form#registering button[type=submit]").click();
  await page.locator(".alert-success").waitFor();
  assert.ok((await page.locator("dl.dom-facts").innerText()).includes("08:00-10:00"));
});

test("without scripts and by keyboard alone a worker confirms, errs, pauses and withdraws", async () => {
  const link = await given("/workers/W-000004");
  const { page } = await telephone(false);
  await page.goto(program.origin + link);
  const address = new URL(page.url()).pathname;
  // First the quick way out, then the questions that wait for this worker, then the tap that is
  // wanted most.
  for (let tab = 0; tab < 3; tab += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator(".alert-success").waitFor();
  await page.goto(`${program.origin}${address}/week`);
  await page.locator("#day2").fill("dalle otto");
  await page.locator("form#registering button[type=submit]").click();
  await page.locator("#day2-error").waitFor();
  await pictured(page, "week-wrong");
  await page.goto(`${program.origin}${address}`);
  await page.locator("button[name=weeks]").first().click();
  await page.locator(".alert-success").waitFor();
  await pictured(page, "worker-paused");
  await page.goto(`${program.origin}${address}/withdraw`);
  await page.locator(`form[action$="/withdraw"] button`).click();
  await page.waitForURL((url) => url.pathname === address);
  await pictured(page, "worker-receipt");
  await operator.goto(`${program.origin}/to-call`);
  assert.ok((await operator.locator(".dom-tasks").innerText()).includes("non vuole più essere in elenco"));
  assert.deepEqual(await accessibility(operator), []);
  await pictured(operator, "operator-to-call");
});

test("an appointment is chosen, listed for the desk and called off without scripts", async () => {
  const link = await given("/workers/W-000005");
  const { page, watched } = await telephone(false);
  await page.goto(program.origin + link);
  const address = new URL(page.url()).pathname;
  await page.goto(`${program.origin}${address}/appointment`);
  await page.locator(`form[action$="/appointment"] button`).click();
  await page.locator(".dom-errors").waitFor();
  await pictured(page, "appointment-wrong");
  await page.locator("input[name=purpose][value=renewal]").check();
  const time = page.locator("input[name=begin]").first();
  const day = (await time.getAttribute("value")).split("/")[0];
  await time.check();
  await page.locator(`form[action$="/appointment"] button`).click();
  await page.locator(".alert-success").waitFor();
  await page.goto(`${program.origin}${address}/appointment`);
  await pictured(page, "appointment-taken");
  await keep(page, "appointment-taken");
  const desk = await page.locator(".dom-mine-foot").getAttribute("aria-label");
  for (const code of ["grosseto", "follonica"]) {
    await operator.goto(`${program.origin}/appointments?desk=${code}&day=${day}`);
    if ((await operator.locator("h1").innerText()).includes(desk)) break;
  }
  assert.ok((await operator.locator("main table").innerText()).includes("W-000005"));
  assert.deepEqual(await accessibility(operator), []);
  await pictured(operator, "appointments-day");
  await operator.goto(`${program.origin}/appointments/hours`);
  assert.deepEqual(await accessibility(operator), []);
  await operator.goto(`${program.origin}/workers/W-000005/appointment`);
  assert.deepEqual(await accessibility(operator), []);
  await page.locator(`form[action$="/appointment/off"] button`).click();
  await page.locator(".alert-success").waitFor();
  assert.deepEqual(watched.take(), []);
});

test("a family sees its requests and pauses one", async () => {
  await operator.goto(`${program.origin}/requests?status=open`);
  const request = await operator.locator("main a[href^='/requests/R-']").first().getAttribute("href");
  await operator.goto(program.origin + request.replace(/\/match$/, ""));
  const family = await operator.locator("main a[href^='/families/F-']").first().getAttribute("href");
  const link = await given(family);
  const { page, watched } = await telephone();
  await page.goto(program.origin + link);
  await fits(page, "family");
  assert.deepEqual(await accessibility(page), []);
  await pictured(page, "family");
  await keep(page, "family");
  await page.locator("button[value=en]").click();
  await page.locator("html[lang=en]").waitFor();
  await pictured(page, "family-en");
  await page.locator("button[value=it]").click();
  await page.locator("html[lang=it]").waitFor();
  await page.locator("button[value=pause]").first().click();
  await page.locator(".alert-success").waitFor();
  assert.deepEqual(await accessibility(page), []);
  await pictured(page, "family-paused");
  assert.deepEqual(watched.take(), []);
});

/** What everybody may read, and what a worker finds where nothing is: whether it has the quick way out. */
const OPEN = [["/service", 1], ["/privacy", 1], ["/cookies", 1], ["/accessibility", 1], ["/sources", 0], ["/no-such-page", 0], ["/f", 0]];

test("what everybody may read of the service in every language, on a small screen", async () => {
  const { page, watched } = await telephone();
  for (const language of LANGUAGES) {
    await page.goto(`${program.origin}/service?language=${language}`);
    for (const [path, exits] of OPEN) {
      const what = `${language}${path}`;
      await page.goto(program.origin + path);
      assert.equal(await page.locator("html").getAttribute("lang"), language, what);
      assert.equal(await page.locator("html").getAttribute("dir"), language === "ar" ? "rtl" : "ltr", what);
      await fits(page, what);
      assert.deepEqual(await accessibility(page), [], what);
      assert.equal(await page.locator(".dom-exit a").count(), exits, what);
      const name = `open-${what.replace("/", "-")}`;
      await pictured(page, name);
      await keep(page, name);
    }
  }
  assert.deepEqual(watched.take(), []);
});

test("a worker chooses a language with a tap, and it goes along without scripts", async () => {
  const { page } = await telephone(false);
  await page.goto(`${program.origin}/service`);
  await page.locator("main nav a[lang=uk]").click();
  await page.locator("html[lang=uk]").waitFor();
  await page.locator("main a[href^='/register']").click();
  await page.locator("html[lang=uk] input[name=notice]").waitFor({ state: "attached" });
  await page.goto(`${program.origin}/service`);
  assert.equal(await page.locator("html").getAttribute("lang"), "uk");
  await page.locator("main a[href^='/ask']").click();
  await page.locator("main p[lang=uk]").waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "it");
});

test("the pages are what HTML is", () => {
  assert.deepEqual(html.findings(), []);
});
