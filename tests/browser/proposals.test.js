// Asking a worker before anything is disclosed: the operator proposes from the
// match page, the worker reads the mail and says yes by link, the sheet follows.
// Wide, on a small telephone, without scripts, and in a language that runs from
// right to left.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, launch, outFolder, picture, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const out = outFolder("proposals");
const WIDE = { width: 1366, height: 900 };
const SMALL = { width: 360, height: 740 };
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

async function signedIn(role, options = {}) {
  const context = await browser.newContext({ locale: "it-IT", viewport: WIDE, ...options });
  const page = await context.newPage();
  await enter(page, program, role);
  return { context, page, read: async (path) => (await context.request.get(program.origin + path)).text() };
}

/** An open request and a fit who is asked by mail: their codes. */
async function byMail(read) {
  const list = await read("/requests?status=open");
  const requests = new Set([...list.matchAll(/href="\/requests\/([\w-]+)\/match"/g)].map(([, code]) => code));
  for (const request of requests) {
    const answer = await read(`/requests/${request}/match`);
    for (const card of answer.split('<li class="dom-card">').slice(1)) {
      const worker = card.match(/id="choose-([\w-]+)"/)?.[1];
      if (!worker || !card.includes("dom-tag-wait")) continue;
      const look = await read(`/requests/${request}/propose?worker=${worker}`);
      if (look.includes("con una mail") && look.includes("Chiedi a una persona")) return { request, worker };
    }
  }
  throw new Error("the demonstration has no fit who is asked by mail");
}

/** The link in the newest kept mail that asks. */
async function newestLink(read) {
  for (let tries = 0; tries < 60; tries += 1) {
    const list = await read("/admin/mail?state=kept");
    const ids = [...list.matchAll(/href="\/admin\/mail\/(\d+)"/g)].map(([, id]) => Number(id));
    for (const id of [...new Set(ids)].sort((a, b) => b - a)) {
      const mail = await read(`/admin/mail/${id}`);
      const link = mail.match(/\/p\/[\w-]{20,}/)?.[0];
      if (link && !seen.has(link)) return link;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error("no mail that asks was kept");
}
const seen = new Set();

async function remember(read) {
  const list = await read("/admin/mail?state=kept");
  const ids = [...list.matchAll(/href="\/admin\/mail\/(\d+)"/g)].map(([, id]) => id);
  for (const id of new Set(ids)) {
    const link = (await read(`/admin/mail/${id}`)).match(/\/p\/[\w-]{20,}/)?.[0];
    if (link) seen.add(link);
  }
}

for (const scripts of [true, false]) {
  test(`a worker is asked by mail, says yes and is named, scripts ${scripts ? "on" : "off"}`, async () => {
    const administrator = await signedIn("administrator");
    await remember(administrator.read);
    const { context, page, read } = await signedIn("operator", { javaScriptEnabled: scripts });
    const watched = await watch(context, program.origin);
    const way = scripts ? "scripts" : "plain";
    const pictured = (of, name) => picture(of, join(out, `${way}-${name}.png`));
    const { request, worker } = await byMail(read);
    await page.goto(`${program.origin}/requests/${request}/match`);
    await page.locator(`#choose-${worker}`).check();
    await page.locator("main form > p.dom-actions button.btn-primary, main form p.dom-actions button.btn-primary").first().click();
    await page.waitForURL((url) => url.pathname === `/requests/${request}/propose`);
    if (scripts) assert.deepEqual(await accessibility(page), []);
    watched.take();
    await pictured(page, "1-propose");
    const skipped = page.locator("#skipped");
    if (await skipped.count()) {
      await skipped.selectOption(await skipped.locator("option[value]:not([value=''])").first().getAttribute("value"));
    }
    await page.locator("main form[action$='/propose'] button[type=submit]").click();
    await page.waitForURL((url) => url.pathname === `/requests/${request}`);
    await pictured(page, "2-asked");

    const link = await newestLink(administrator.read);
    seen.add(link);
    const telephone = await browser.newContext({ locale: "it-IT", viewport: SMALL, javaScriptEnabled: scripts });
    const screen = await telephone.newPage();
    await screen.goto(program.origin + link);
    await pictured(screen, "3-link");
    if (scripts) assert.deepEqual(await accessibility(screen), []);
    const wide = await screen.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= SMALL.width, `nothing runs off the telephone: ${wide}`);
    await screen.locator("button[type=submit]").click();
    await screen.locator(".dom-errors").waitFor();
    await pictured(screen, "4-nothing-chosen");
    await screen.locator("#answer-yes").check();
    await screen.locator("button[type=submit]").click();
    await screen.locator(".alert-success").waitFor();
    await pictured(screen, "5-said-yes");

    await page.goto(`${program.origin}/requests/${request}/sheet?worker=${worker}`);
    assert.equal(await page.locator("main .dom-tag-good").count(), 1, "the yes stands before the sheet");
    if (await page.locator("#skipped").count()) throw new Error("the reason was given when asking");
    await page.locator("main form[method=post] button[type=submit]").click();
    await page.waitForURL((url) => /^\/sheets\/[A-Z]+-\d{4}-\d{4,}$/.test(url.pathname));
    await page.goto(`${new URL(page.url()).origin}${new URL(page.url()).pathname}/notices`);
    assert.equal(await page.locator("main textarea").count(), 2, "both sides are told");
    if (scripts) assert.deepEqual(await accessibility(page), []);
    await pictured(page, "6-notices");
    await screen.goto(program.origin + link);
    assert.equal(await screen.locator("form").count(), 0, "after the sheet nothing is corrected");
    watched.take();
    await telephone.close();
    await context.close();
    await administrator.context.close();
  });
}

test("a text is copied, in Arabic, and its page runs from right to left", async () => {
  const { context, page, read } = await signedIn("operator", { permissions: ["clipboard-read", "clipboard-write"] });
  const worker = "W-000006";
  const list = await read("/requests?status=open");
  const requests = new Set([...list.matchAll(/href="\/requests\/([\w-]+)\/match"/g)].map(([, code]) => code));
  for (const request of requests) {
    await page.goto(`${program.origin}/requests/${request}/propose?worker=${worker}`);
    if ((await page.locator("main form[action$='/propose'] button[type=submit]").count()) === 0) continue;
    const skipped = page.locator("#skipped");
    if (await skipped.count()) {
      await skipped.selectOption(await skipped.locator("option[value]:not([value=''])").first().getAttribute("value"));
    }
    await page.locator("main form[action$='/propose'] button[type=submit]").click();
    await page.waitForURL((url) => url.pathname === `/requests/${request}`);
    break;
  }
  await page.goto(`${program.origin}/proposals?whose=all&show=waiting`);
  await picture(page, join(out, "list.png"));
  assert.deepEqual(await accessibility(page), []);
  await page.locator(`tr:has(a[href='/workers/${worker}']) a[href^='/proposals/']`).last().click();
  await page.locator("main form[action$='/text'] button").click();
  const field = page.locator("#text");
  assert.equal(await field.getAttribute("dir"), "rtl");
  await page.locator("[data-copy='text']").click();
  await page.locator("#text-copied:not(:empty)").waitFor();
  const text = await field.inputValue();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
  assert.deepEqual(await accessibility(page), []);
  await picture(page, join(out, "text-arabic.png"));
  const link = text.match(/\/p\/[\w-]{20,}/)[0];
  const telephone = await browser.newContext({ viewport: SMALL });
  const screen = await telephone.newPage();
  await screen.goto(program.origin + link);
  assert.equal(await screen.locator("html").getAttribute("dir"), "rtl");
  assert.deepEqual(await accessibility(screen), []);
  await picture(screen, join(out, "link-arabic.png"));
  await telephone.close();
  await context.close();
});

test("a worker's wishes can be written down on a small screen", async () => {
  const { context, page } = await signedIn("operator", { viewport: { width: 320, height: 640 } });
  await page.goto(`${program.origin}/workers/W-000003/diffusion`);
  assert.deepEqual(await accessibility(page), []);
  await picture(page, join(out, "diffusion-320.png"));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `nothing runs off the screen: ${wide}`);
  await context.close();
});
