// A family asks by itself on a small telephone, with scripts and without; a worker asks to be
// registered in each of eight languages, or somebody for one; the desk looks at both.

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

/** The pages by which a worker asks, or somebody for one, in their order, and how each is answered. */
const JOINING = [
  ["for", (page, said) => page.locator(`#relation-${said.filer_name ? "child" : "self"}`).check()],
  ["filer", (page, said) => page.locator("#filer_name").fill(said.filer_name)],
  ["name", async (page, said) => {
    await page.locator("#given_name").fill(said.given_name);
    await page.locator("#family_name").fill("Inventata");
  }],
  ["contact", async (page, said) => {
    const by = said.email ? "email" : "phone";
    await page.locator(`#contact_by-${by}`).check();
    await page.locator(`#${by}`).fill(said[by]);
  }],
  ["place", (page) => page.locator("#comune").fill("Grosseto")],
];
const stands = (page, step) => page.locator(`main form input[name=step][value=${step}]`).waitFor({ state: "attached" });
const begin = (page) => page.locator("main form button").first().click();

test("a worker leaves a number in every language", async () => {
  const { page, watched } = await telephone();
  for (const language of LANGUAGES) {
    await page.goto(`${program.origin}/register?language=${language}`);
    await look(page, `register-${language}`);
    await begin(page);
    await stands(page, "for");
    await next(page);
    await page.locator(".dom-errors").waitFor();
    await look(page, `register-refused-${language}`);
  }
  // Whoever has sent it chooses when to come, at once.
  for (const [language, said] of [
    ["uk", { given_name: "Olena", phone: "0564 300125" }],
    ["ar", { given_name: "Samira", phone: "0564 300124", filer_name: "Warda Inventata" }],
    ["ro", { given_name: "Ileana", email: "ileana@prova.example" }],
  ]) {
    await page.goto(`${program.origin}/register?language=${language}`);
    await begin(page);
    for (const [step, answer] of JOINING) {
      if (step === "filer" && !said.filer_name) continue;
      await stands(page, step);
      await answer(page, said);
      await look(page, `register-${step}-${language}`);
      await next(page);
    }
    await page.locator("main dl").waitFor();
    await look(page, `register-check-${language}`);
    await page.locator("main form button[name=change][value=contact]").first().click();
    await stands(page, "contact");
    const by = said.email ? "email" : "phone";
    assert.equal(await page.locator(`#${by}`).inputValue(), said[by]);
    await look(page, `register-change-${language}`);
    await page.locator("main form button[value=back]").click();
    await page.locator("main form button[value=send]").click();
    await page.locator("main .alert-success").waitFor();
    await look(page, `register-done-${language}`);
    // An address is confirmed before anybody is expected.
    if (said.email) {
      assert.equal(await page.locator("input[name=begin]").count(), 0);
      continue;
    }
    await page.locator("input[name=begin]").first().check();
    await page.locator("main form button").click();
    await page.locator("main p strong").waitFor();
    await look(page, `register-appointment-${language}`);
  }
  assert.deepEqual(watched.take(), []);
});

/** Goes on to a field of the same page. */
async function tabTo(page, id) {
  for (let presses = 0; presses < 4; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.locator(`#${id}:focus`).count()) return;
  }
  assert.fail(`${id} is not reached`);
}

test("without scripts and by the keyboard alone a worker gets as far", async () => {
  const { page } = await telephone(false);
  await page.goto(`${program.origin}/register?language=ar`);
  await page.locator("main form button").first().focus();
  await page.keyboard.press("Enter");
  const keys = [
    ["for", { "relation-self": " " }],
    ["name", { given_name: "Warda", family_name: "Inventata" }],
    ["contact", { "contact_by-phone": " ", phone: "0564 300126" }],
    ["place", { comune: "Grosseto" }],
  ];
  for (const [step, fields] of keys) {
    await stands(page, step);
    const [first, ...others] = Object.keys(fields);
    await page.locator(`#${first}`).focus();
    await page.keyboard.type(fields[first]);
    for (const field of others) {
      await tabTo(page, field);
      await page.keyboard.type(fields[field]);
    }
    await page.locator("button[name=go][value=next]").focus();
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
