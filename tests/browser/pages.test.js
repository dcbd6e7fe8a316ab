// Every page of the route table, as everybody who may see it, in a real browser:
// WCAG 2.2 AA by axe at two widths, no sideways scrolling at 320 px, valid HTML,
// no complaint on the console, nothing asked of another site.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { accessibility, htmlChecker, launch, Looked, outFolder, overflow, picture, watch } from "./browser.js";
import { demo, routes } from "./program.js";
import { enter } from "./site.js";

const WIDE = { width: 1366, height: 768 };
const NARROW = { width: 320, height: 640 };
/** On the wire, compressed: what a first visit and a later page may weigh. */
const FIRST_VISIT_BYTES = 200_000;
const NEXT_PAGE_BYTES = 30_000;
const NOBODY = "nobody";

const out = outFolder("pages");
const html = htmlChecker(out);
const looked = new Looked();
const table = routes();
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

function samples(role) {
  return table
    .filter(({ method, roles }) => method === "GET" && roles.includes(role))
    .flatMap(({ path, samples: given }) => (given?.length ? given : path.includes("{") ? [] : [path]));
}

function fileName(role, path) {
  return `${role}${path.replaceAll(/[^\w]+/g, "-").replace(/-$/, "") || "-home"}`;
}

/** Looks at one address; resolves to what is wrong with it. */
async function look(page, watched, role, path, status) {
  const wrong = [];
  await page.setViewportSize(WIDE);
  const answer = await page.goto(program.origin + path);
  if (answer.status() !== status) return [`answers ${answer.status()}`];
  const name = fileName(role, path);
  const text = await answer.text();
  html.save(name, text);
  for (const word of text.match(/⟦[^⟧]*⟧/g) ?? []) wrong.push(`a word is missing: ${word}`);
  const headings = await page.locator("h1").count();
  if (headings !== 1) wrong.push(`${headings} headings of the first level`);
  const title = await page.title();
  if (!title || title.startsWith(" ")) wrong.push("no title");
  wrong.push(...watched.take());
  if (!(await looked.isNew(page))) return wrong;
  await picture(page, join(out, `${name}.png`));
  wrong.push(...(await accessibility(page)).map((finding) => `at ${WIDE.width} px, ${finding}`));
  await page.setViewportSize(NARROW);
  wrong.push(...(await overflow(page)).map((element) => `wider than ${NARROW.width} px: ${element}`));
  wrong.push(...(await accessibility(page)).map((finding) => `at ${NARROW.width} px, ${finding}`));
  await picture(page, join(out, `${name}-narrow.png`));
  watched.take(); // What the checker itself loads is not the page's.
  return wrong;
}

/** Whether an address gives a page, and not a file or data. */
async function isPage(context, path) {
  const answer = await context.request.get(program.origin + path, { maxRedirects: 0 });
  return { status: answer.status(), page: (answer.headers()["content-type"] ?? "").startsWith("text/html") };
}

/** Addresses that lead to nothing, and say so on a sound page. */
const NOT_FOUND = ["/no-such-page", "/v/NONE"];
/** The same, but wrong links are counted and then refused: looked at once. */
const DEAD_LINKS = ["/f", "/ask/confirm", "/l/none", "/mine/none", "/p/none", "/s/none", "/s/none/stop", "/s/none/phone", "/survey/none", "/survey/none/stop", "/survey/none/phone", "/survey/none/again"];

test("the route table leads to pages", () => {
  for (const role of [NOBODY, "administrator", "operator", "partner", "reader"]) {
    assert.ok(samples(role).length > 0, `no route for ${role}`);
  }
  const unsampled = table.filter(({ method, path, samples: given }) => method === "GET" && path.includes("{") && !given?.length);
  assert.deepEqual(unsampled.map(({ path }) => path), [], "routes with a variable and no sample address");
});

for (const role of [NOBODY, "administrator", "operator", "partner", "reader"]) {
  test(`${role} finds every page sound`, async (t) => {
    const context = await browser.newContext({ locale: "it-IT", reducedMotion: "reduce" });
    const watched = await watch(context, program.origin);
    const page = await context.newPage();
    if (role !== NOBODY) await enter(page, program, role);
    const wrong = [];
    let opened = 0;
    for (const path of new Set([...samples(role), ...NOT_FOUND])) {
      if (DEAD_LINKS.includes(path) && role !== NOBODY) continue;
      await context.clearCookies({ name: "dom-language" }); // What one address chose is not the next one's.
      const expected = [...NOT_FOUND, ...DEAD_LINKS].includes(path) ? 404 : 200;
      const { status, page: isHtml } = await isPage(context, path);
      if (status >= 300 && status < 400) continue; // Led to another page, looked at by its own address.
      if (status !== expected) {
        wrong.push(`${path}: answers ${status}`);
        continue;
      }
      if (!isHtml) continue;
      opened += 1;
      for (const finding of await look(page, watched, role, path, expected)) wrong.push(`${path}: ${finding}`);
    }
    t.diagnostic(`${opened} pages opened, ${looked.count} of all so far were new, and looked at`);
    await context.close();
    assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
  });
}

test("a sign-in that fails is a sound page that says what is wrong", async () => {
  const context = await browser.newContext({ locale: "it-IT", reducedMotion: "reduce" });
  const watched = await watch(context, program.origin);
  const page = await context.newPage();
  await page.setViewportSize(WIDE);
  await page.goto(`${program.origin}/sign-in`);
  await page.locator("#email").fill("nessuno@prova.example");
  await page.locator("#password").fill("non la parola giusta");
  const show = page.getByRole("button", { name: "Mostra" });
  await show.click();
  assert.equal(await page.locator("#password").getAttribute("type"), "text", "the password is shown when wished");
  assert.equal(await show.getAttribute("aria-pressed"), "true");
  await page.locator("main button[type=submit]").click();
  await page.waitForLoadState();
  html.save("sign-in-refused", await page.content());
  const summary = page.locator(".dom-errors");
  await summary.waitFor({ timeout: 5_000 });
  assert.ok(await summary.evaluate((element) => element === document.activeElement), "the errors take the focus");
  assert.match(await page.title(), /^Errore:/);
  assert.equal(await page.locator("#email").inputValue(), "nessuno@prova.example", "what was typed is kept");
  assert.equal(await page.locator("#password").inputValue(), "", "but no password comes back");
  assert.deepEqual([...watched.take(), ...(await accessibility(page))], []);
  await context.close();
});

test("every stop of the Tab key is seen", async () => {
  const context = await browser.newContext({ locale: "it-IT", viewport: WIDE, reducedMotion: "reduce" });
  const page = await context.newPage();
  await enter(page, program, "operator");
  await page.goto(`${program.origin}/`);
  const unseen = [];
  let stops = 0;
  for (; stops < 200; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const onTop = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return {
        what: element.outerHTML.slice(0, 120),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inSight: box.width > 0 && box.bottom > 0 && box.top < innerHeight && (element.contains(onTop) || onTop?.contains(element)),
      };
    });
    if (!stop) break;
    if (!stop.outlined || !stop.inSight) unseen.push(stop);
  }
  await context.close();
  assert.ok(stops > 3, `the Tab key stops ${stops} times`);
  assert.deepEqual(unseen, []);
});

/** What comes over the wire for an address, in a browser that has nothing of the site yet unless it is handed over. */
async function weight(context, path) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(program.origin + path, { waitUntil: "networkidle" });
  await page.close();
  return bytes;
}

test("a first visit to any page and a next page stay light on the wire", async (t) => {
  const first = [];
  for (const path of new Set(samples(NOBODY))) {
    const context = await browser.newContext({ locale: "it-IT", viewport: WIDE });
    // Dead links all show one page, and many of them in a row have to wait.
    const { status, page } = DEAD_LINKS.slice(1).includes(path) ? {} : await isPage(context, path);
    if (page && (status === 200 || status === 404)) first.push([await weight(context, path), path]);
    await context.close();
  }
  // The home page of a desk is what an operator's telephone opens first.
  const context = await browser.newContext({ locale: "it-IT", viewport: WIDE });
  await enter(await context.newPage(), program, "operator");
  const fresh = await browser.newContext({ locale: "it-IT", viewport: WIDE, storageState: await context.storageState() });
  first.push([await weight(fresh, "/"), "a desk's /"]);
  const bytes = await weight(fresh, "/workers");
  await fresh.close();
  await context.close();
  first.sort(([one], [other]) => other - one);
  t.diagnostic(`${first.length} first visits, the heaviest ${first[0].join(" bytes, ")}; a desk's next page ${bytes} bytes`);
  assert.ok(first.length >= 8, `${first.length} pages looked at`);
  for (const [weighs, path] of first) assert.ok(weighs > 0 && weighs < FIRST_VISIT_BYTES, `${weighs} bytes on the first visit of ${path}`);
  assert.ok(bytes < NEXT_PAGE_BYTES, `${bytes} bytes on the next page`);
});

test("every page is valid HTML", () => {
  const findings = html.findings();
  assert.equal(findings.length, 0, `\n${findings.join("\n")}`);
});
