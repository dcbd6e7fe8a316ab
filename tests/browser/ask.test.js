// A family asks by itself on a small telephone, with scripts and without; a worker leaves a
// number in each of eight languages; the desk looks at both.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, htmlChecker, launch, outFolder, overflow, pictureOnTelephone, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const out = outFolder("ask");
const SMALL = { width: 320, height: 740 };
const LANGUAGES = ["it", "en", "fr", "es", "ro", "sq", "uk", "ar"];
const html = htmlChecker(out);
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

async function telephone(scripts = true) {
  const context = await browser.newContext({ locale: "it-IT", viewport: SMALL, javaScriptEnabled: scripts, reducedMotion: scripts ? "no-preference" : "reduce" });
  const watched = await watch(context, program.origin);
  return { page: await context.newPage(), watched };
}

const pictured = (page, name) => pictureOnTelephone(page, join(out, `${name}.png`));

/** A page read by the checkers, as it stands. */
async function look(page, name) {
  html.save(name, await page.content());
  await pictured(page, name);
  assert.deepEqual(await overflow(page), [], name);
  assert.deepEqual(await accessibility(page), [], name);
}

const next = (page) => page.locator("button[name=go][value=next]").click();
const at = (page, step) => page.locator(`form[action='/ask/${step}']`).waitFor();

/** The pages in their order, and how each is answered. */
const STEPS = [
  ["for", (page) => page.locator("#relation-child").check()],
  ["recipient", (page) => page.locator("#recipient_name").fill("Ada")],
  ["name", async (page) => {
    await page.locator("#given_name").fill("Fulvia");
    await page.locator("#family_name").fill("Immaginata");
  }],
  ["contact", async (page) => {
    await page.locator("#contact_by-phone").check();
    await page.locator("#phone").fill("0564 300123");
  }],
  ["place", (page) => page.locator("#comune").fill("Grosseto")],
  ["tasks", (page) => page.locator("#required_skills-laundry").check()],
  ["words", (page) => page.locator("#words").fill("Terzo piano.")],
  ["arrangement", (page) => page.locator("#arrangement-hourly").check()],
  ["week", (page) => page.locator("#schedule").fill("lun-ven 08:00-12:00")],
  ["start", (page) => page.locator("#start_date").fill("1/3/2099")],
  ["needed", async () => {}],
];

test("a family asks on a small telephone, and every page is sound", async () => {
  const { page, watched } = await telephone();
  await page.goto(`${program.origin}/service`);
  await page.locator("a[href='/ask']").click();
  await look(page, "begin");
  await next(page);
  await page.locator("input[name=notice]").waitFor({ state: "attached" });
  await look(page, "notice");
  await next(page);
  for (const [step, answer] of STEPS) {
    await at(page, step);
    await look(page, step);
    if (step !== "words") {
      await next(page);
      if (await page.locator(".dom-errors").count()) await look(page, `${step}-refused`);
      else await page.locator("button[name=go][value=back]").click();
      await at(page, step);
    }
    await answer(page);
    await next(page);
  }
  await at(page, "check");
  await look(page, "check");
  await page.locator("button[name=change][value=words]").click();
  await at(page, "words");
  await page.locator("#words").fill("Solo italiana, max 50 anni.");
  await next(page);
  await page.locator(".dom-errors").waitFor();
  await look(page, "wish");
  await page.locator("#words").fill("Terzo piano.");
  await next(page);
  await at(page, "check");
  await page.locator("button[name=go][value=en]").click();
  await page.locator("html[lang=en]").waitFor();
  await look(page, "check-en");
  await next(page);
  await page.locator("main .alert-success").waitFor();
  await look(page, "done");
  assert.deepEqual(watched.take(), []);
});

test("without scripts a family gets as far, in English", async () => {
  const { page } = await telephone(false);
  await page.goto(`${program.origin}/ask`);
  await page.locator("button[name=language][value=en]").click();
  await page.locator("html[lang=en]").waitFor();
  await pictured(page, "en-begin");
  await next(page);
  await pictured(page, "en-notice");
  await next(page);
  for (const [step, answer] of STEPS) {
    await at(page, step);
    await answer(page);
    await pictured(page, `en-${step}`);
    await next(page);
  }
  await at(page, "check");
  await pictured(page, "en-check");
  await next(page);
  assert.match(await page.locator("main .alert-success").innerText(), /D-\d{6}/);
  await pictured(page, "en-done");
});

/** The pages by which a worker asks, in their order, and what each takes. */
const JOINING = [
  ["name", ["given_name", "family_name"]],
  ["phone", ["phone"]],
  ["place", ["comune"]],
];
const stands = (page, step) => page.locator(`main form input[name=step][value=${step}]`).waitFor({ state: "attached" });
const begin = (page) => page.locator("main form button").first().click();

test("a worker leaves a number in every language", async () => {
  const { page, watched } = await telephone();
  for (const language of LANGUAGES) {
    await page.goto(`${program.origin}/register?language=${language}`);
    await look(page, `register-${language}`);
    await begin(page);
    await stands(page, "name");
    await look(page, `register-name-${language}`);
    await next(page);
    await page.locator(".dom-errors").waitFor();
    await look(page, `register-refused-${language}`);
  }
  // Whoever has sent it chooses when to come, at once.
  for (const [language, given_name, phone] of [["uk", "Olena", "0564 300125"], ["ar", "Samira", "0564 300124"]]) {
    await page.goto(`${program.origin}/register?language=${language}`);
    await begin(page);
    const said = { given_name, family_name: "Inventata", phone, comune: "Grosseto" };
    for (const [step, fields] of JOINING) {
      await stands(page, step);
      for (const field of fields) await page.locator(`#${field}`).fill(said[field]);
      await look(page, `register-${step}-${language}`);
      await next(page);
    }
    await page.locator("main dl").waitFor();
    await look(page, `register-check-${language}`);
    await page.locator("main form button[name=change][value=phone]").click();
    await stands(page, "phone");
    assert.equal(await page.locator("#phone").inputValue(), phone);
    await look(page, `register-change-${language}`);
    await page.locator("main form button[value=back]").click();
    await page.locator("main form button[value=send]").click();
    await page.locator("main .alert-success").waitFor();
    await look(page, `register-done-${language}`);
    await page.locator("input[name=begin]").first().check();
    await page.locator("main form button").click();
    await page.locator("main p strong").waitFor();
    await look(page, `register-appointment-${language}`);
  }
  assert.deepEqual(watched.take(), []);
});

test("without scripts and by the keyboard alone a worker gets as far", async () => {
  const { page } = await telephone(false);
  await page.goto(`${program.origin}/register?language=ar`);
  await page.locator("main form button").first().focus();
  await page.keyboard.press("Enter");
  const said = { given_name: "Warda", family_name: "Inventata", phone: "0564 300126", comune: "Grosseto" };
  for (const [step, fields] of JOINING) {
    await stands(page, step);
    await page.locator(`#${fields[0]}`).focus();
    for (const field of fields) {
      if (field !== fields[0]) await page.keyboard.press("Tab");
      await page.keyboard.type(said[field]);
    }
    await page.keyboard.press("Enter");
  }
  await page.locator("main dl").waitFor();
  await page.locator("main form button[value=send]").focus();
  await page.keyboard.press("Enter");
  await page.locator("main .alert-success").waitFor();
});

test("the desk looks at what has come", async () => {
  const context = await browser.newContext({ locale: "it-IT", viewport: SMALL });
  const page = await context.newPage();
  await enter(page, program, "operator");
  await page.goto(`${program.origin}/inbox`);
  await look(page, "inbox");
  const family = page.locator("main tbody tr", { hasText: "Fulvia Immaginata" }).first();
  await family.locator("a").click();
  await look(page, "inbox-family");
  await page.locator("form[action$='/accept'] button").click();
  await page.waitForURL((url) => url.pathname.startsWith("/requests/"));
  await look(page, "request");
  await page.goto(`${program.origin}/inbox`);
  await page.locator("main tbody tr", { hasText: "Samira Inventata" }).locator("a").click();
  await page.locator("form[action$='/begin'] button").first().click();
  await page.waitForURL((url) => url.pathname === "/workers/new");
  assert.equal(await page.locator("#given_name").inputValue(), "Samira");
});

test("what is missing is copied by the desk and read behind its link", async () => {
  const context = await browser.newContext({ locale: "it-IT", viewport: SMALL });
  const page = await context.newPage();
  await enter(page, program, "operator");
  await page.goto(`${program.origin}/inbox`);
  const worker = page.locator("main tbody tr", { hasText: "Olena Inventata" });
  await worker.locator("a").click();
  await page.locator("form[action$='/ask-back'] button").click();
  await page.locator(".dom-errors").waitFor();
  await look(page, "inbox-ask-back-refused");
  await page.locator("#missing-contact").check();
  await page.locator("#missing-other").check();
  await page.locator("#words").fill("Quale lingua si parla a casa?");
  await page.locator("form[action$='/ask-back'] button").click();
  await page.locator("form[action$='/text'] button").click();
  await page.locator("textarea[readonly][lang=uk]").waitFor();
  await look(page, "inbox-text");
  const text = await page.locator("textarea[readonly]").inputValue();
  assert.ok(!text.includes("lingua"), text);
  const [path] = text.match(/\/ask\/confirm\/[\w-]+/);
  const reader = await telephone(false);
  await reader.page.goto(program.origin + path);
  await reader.page.locator("html[lang=uk]").waitFor({ state: "attached" });
  assert.match(await reader.page.locator("main").innerText(), /Quale lingua/);
  await pictured(reader.page, "told-uk");
  html.save("told-uk", await reader.page.content());
});

test("the pages are what HTML is", () => {
  assert.deepEqual(html.findings(), []);
});
