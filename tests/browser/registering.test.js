// Registering at the desk in a real browser: a week painted by mouse and by keys
// and typed as text, drafts that keep themselves, a refusal and a conflict that
// everybody can read, at both widths; and the same with scripts off.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { accessibility, htmlChecker, launch, outFolder, overflow, picture, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const WIDE = { width: 1366, height: 900 };
const NARROW = { width: 320, height: 640 };
const TELEPHONE = { width: 360, height: 740 };
const SAVE = "form#registering button[type=submit]:not([name])";

const out = outFolder("registering");
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

/** A page of somebody who is signed in, with what it complains of. */
async function signedIn(role, options = {}) {
  const context = await browser.newContext({ locale: "it-IT", viewport: WIDE, reducedMotion: "reduce", ...options });
  const watched = await watch(context, program.origin);
  const page = await context.newPage();
  await enter(page, program, role);
  return { context, watched, page };
}

/** What is wrong with the page as it stands, at both widths. */
async function findings(page, watched, name) {
  html.save(name, await page.content());
  const wrong = [...watched.take()];
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    wrong.push(...(await accessibility(page)).map((finding) => `${name} at ${size.width} px, ${finding}`));
    wrong.push(...(await overflow(page)).map((element) => `${name} wider than ${size.width} px: ${element}`));
  }
  for (const size of [TELEPHONE, WIDE]) {
    await page.setViewportSize(size);
    await picture(page, join(out, `${name}-${size.width}.png`));
  }
  watched.take(); // What the checker itself loads is not the page's.
  return wrong;
}

async function fillWorker(page, name, familyName, phone) {
  await page.locator("#given_name").fill(name);
  await page.locator("#family_name").fill(familyName);
  await page.locator("#sex").selectOption("f");
  await page.locator("#phone").fill(phone);
  await page.locator("#comune").fill("Grosseto");
  await page.locator("#arrangements-hourly").check();
  await page.locator("#max_km").fill("20");
}

test("a week is painted by mouse and by keys, and each way shows in the other", async () => {
  const { context, page } = await signedIn("operator");
  await page.goto(`${program.origin}/workers/new`);
  const text = page.locator("#availability");
  const cell = (label) => page.locator(`[role=gridcell][aria-label="${label}"]`);
  const chosen = (label) => cell(label).getAttribute("aria-selected");
  await text.fill("lun-ven 08:00-13:00; sab 9:00-12:00");
  assert.equal(await chosen("mercoledì 12:30–13:00"), "true");
  assert.equal(await chosen("mercoledì 13:00–13:30"), "false");
  assert.equal(await chosen("sabato 09:00–09:30"), "true");

  await text.fill("");
  await page.locator(".dom-paint-grid").scrollIntoViewIfNeeded();
  const from = await cell("lunedì 08:00–08:30").boundingBox();
  const to = await cell("venerdì 12:30–13:00").boundingBox();
  await page.mouse.move(from.x + 4, from.y + 4);
  await page.mouse.down();
  await page.mouse.move(to.x + 4, to.y + 4, { steps: 6 });
  await page.mouse.up();
  assert.equal(await text.inputValue(), "lun-ven 08:00-13:00");

  await cell("domenica 22:00–22:30").click();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  assert.equal(await text.inputValue(), "lun-ven 08:00-13:00; dom 22:00-24:00");
  await page.keyboard.press("Space");
  assert.equal(await text.inputValue(), "lun-ven 08:00-13:00; dom 22:00-23:30");

  await text.fill("dom-lun 20:00-08:00");
  assert.equal(await chosen("martedì 07:30–08:00"), "true", "past midnight, past Sunday");
  assert.equal(await chosen("domenica 07:30–08:00"), "false");
  await text.fill("lun 8");
  assert.match(await page.locator(".dom-paint").innerText(), /non si legge ancora/);
  await context.close();
});

test("a week is painted by a finger, a column a day", async () => {
  const { context, page } = await signedIn("operator", { viewport: TELEPHONE, hasTouch: true });
  await page.goto(`${program.origin}/workers/new`);
  await page.locator(".dom-paint summary").tap();
  await page.locator('[role=gridcell][aria-label="martedì 10:00–10:30"]').tap();
  assert.equal(await page.locator("#availability").inputValue(), "mar 10:00-10:30");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#availability").inputValue(), "mar 10:00-11:00", "down is later here");

  const text = () => page.locator("#availability").inputValue();
  const undo = page.locator(".dom-paint button", { hasText: "Annulla" });
  const middle = async (label) => {
    const box = await page.locator(`[role=gridcell][aria-label="${label}"]`).boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const finger = await context.newCDPSession(page);
  const touch = (type, ...touchPoints) => finger.send("Input.dispatchTouchEvent", { type, touchPoints });
  /** A finger that goes from one place to another, at once or after it has stayed. */
  const stroke = async (from, to, stays = 0) => {
    await touch("touchStart", from);
    await page.waitForTimeout(stays);
    for (let part = 1; part <= 10; part += 1) {
      await touch("touchMove", { x: from.x + ((to.x - from.x) * part) / 10, y: from.y + ((to.y - from.y) * part) / 10 });
    }
    await touch("touchEnd");
  };
  const before = await page.evaluate(() => scrollY);
  const from = await middle("mercoledì 12:00–12:30");
  await stroke(from, { x: from.x, y: from.y - 200 });
  await page.waitForTimeout(500);
  assert.ok((await page.evaluate(() => scrollY)) > before + 50, "the page moves");
  assert.equal(await text(), "mar 10:00-11:00", "up and down the page moves, and nothing is painted");
  await stroke(await middle("giovedì 14:00–14:30"), await middle("sabato 14:00–14:30"));
  assert.equal(await text(), "mar 10:00-11:00; gio-sab 14:00-14:30", "across it paints");
  await stroke(await middle("domenica 14:00–14:30"), await middle("domenica 15:30–16:00"), 600);
  assert.equal(await text(), "mar 10:00-11:00; gio-sab 14:00-14:30; dom 14:00-16:00", "held it paints every way");
  await undo.tap();
  await undo.tap();
  assert.equal(await text(), "mar 10:00-11:00", "each painting is taken back");
  await undo.tap();
  await undo.tap();
  assert.equal(await text(), "");
  assert.ok(await undo.isDisabled(), "nothing is left to take back");
  await context.close();
});

for (const scripts of [true, false]) {
  test(`a worker is registered with scripts ${scripts ? "on" : "off"}`, async () => {
    const { context, watched, page } = await signedIn("operator", { javaScriptEnabled: scripts });
    await page.goto(`${program.origin}/workers/new`);
    await page.locator("#given_name").fill("Ada");
    await page.locator(SAVE).click();
    await page.locator(".dom-errors").waitFor();
    assert.equal(await page.locator("#given_name").inputValue(), "Ada");
    const [name, familyName, phone] = scripts ? ["Ada", "Inventata", "333 12.34.567"] : ["Piera", "Finzioni", "+39 347-7654321"];
    await fillWorker(page, name, familyName, phone);
    await page.locator("#availability").fill("lun-ven 08:00-13:00");
    await page.locator(SAVE).click();
    await page.waitForURL(/\/workers\/W-\d+\?saved=1$/);
    assert.match(await page.locator("main").innerText(), new RegExp(`${name} ${familyName}[^]*Storia`));
    assert.deepEqual(watched.take(), []);
    await context.close();
  });
}

test("what is typed keeps itself and is found again on the home page", async () => {
  const { context, watched, page } = await signedIn("operator");
  await page.goto(`${program.origin}/workers/new`);
  await page.locator("#given_name").fill("Lasciata");
  await page.locator("[data-kept]:not(:empty)").waitFor({ timeout: 15_000 });
  assert.match(await page.locator("[data-kept-at]").innerText(), /^Al sicuro alle \d{1,2}:\d{2}$/);
  assert.match(page.url(), /\/workers\/new\?draft=/, "loaded anew it is there");
  // Kept too while somebody goes on typing, and not when they stop alone.
  let keepings = 0;
  page.on("request", (request) => (keepings += request.url().endsWith("/drafts") ? 1 : 0));
  await page.locator("#family_name").pressSequentially("Di Fretta ".repeat(4), { delay: 100 });
  assert.ok(keepings > 0, "kept before the last letter");
  await page.locator("[data-kept-at]", { hasText: /\d$/ }).waitFor();
  // Left at once through a link, what came last is there as well.
  await page.locator("#family_name").fill("Alla Fine");
  await page.locator("#arrangements-hourly").check();
  assert.match(await page.locator("[data-kept-at]").innerText(), /le ultime modifiche non ancora$/);
  await page.locator(".breadcrumb a").first().click();
  await page.waitForURL(`${program.origin}/`);
  await page.locator(".dom-drafts a", { hasText: "Nuova persona, Lasciata" }).first().click();
  await page.waitForURL(/draft=/);
  assert.equal(await page.locator("#given_name").inputValue(), "Lasciata");
  assert.equal(await page.locator("#family_name").inputValue(), "Alla Fine");
  assert.ok(await page.locator("#arrangements-hourly").isChecked());
  assert.deepEqual(watched.take(), []);
  await context.close();
});

test("what stands beside a form follows what is typed", async () => {
  const { context, watched, page } = await signedIn("operator");
  await page.goto(`${program.origin}/requests/new?family=F-000001`);
  await page.locator("#arrangement").selectOption("hourly");
  await page.locator("#schedule").fill("lun-dom 08:00-20:00");
  await page.locator("#beside", { hasText: "84 alla settimana" }).waitFor({ timeout: 10_000 });
  await page.locator("#beside .dom-error").first().waitFor();
  await page.locator("#schedule").fill("lun 08:00-09:00");
  await page.locator("#beside", { hasText: "almeno una" }).waitFor({ timeout: 10_000 });
  assert.equal(await page.locator("#schedule").inputValue(), "lun 08:00-09:00", "the form itself stays");

  await page.goto(`${program.origin}/workers/W-000004/edit`);
  const phone = await page.locator("#phone").inputValue();
  await page.goto(`${program.origin}/workers/new`);
  await page.locator("#phone").fill(phone);
  await page.locator("#beside button[value='see-W-000004']").waitFor({ timeout: 10_000 });
  assert.deepEqual(watched.take(), []);
  await context.close();
});

test("on a telephone what stands beside a form is said where one types", async () => {
  const { context, watched, page } = await signedIn("operator", { viewport: TELEPHONE, hasTouch: true });
  const wrong = [];
  /** The line stands in sight while a field has the focus, and not over it. */
  const seen = async (field, words) => {
    const line = page.locator("#in-short");
    await page.locator("#in-short a", { hasText: words }).waitFor({ timeout: 10_000 });
    await page.locator(field).focus();
    const [said, typed, height] = [await line.boundingBox(), await page.locator(field).boundingBox(), page.viewportSize().height];
    assert.ok(said.y >= 0 && said.y + said.height <= height, `the line is in sight: ${JSON.stringify(said)}`);
    assert.ok(typed.y >= 0 && typed.y + typed.height <= said.y, `the field is above it: ${JSON.stringify(typed)}`);
  };
  await page.goto(`${program.origin}/workers/W-000004/edit`);
  const phone = await page.locator("#phone").inputValue();
  await page.goto(`${program.origin}/workers/new`);
  await page.locator("#phone").fill(phone);
  await seen("#phone", /^Forse c’è già/);
  await picture(page, join(out, "likely-in-short-360.png"), false);
  wrong.push(...(await accessibility(page)));
  watched.take(); // What the checker itself loads is not the page's.
  await page.locator("#in-short a").tap();
  assert.ok(await page.locator("#beside button[value='see-W-000004']").isVisible());

  await page.goto(`${program.origin}/requests/new?family=F-000001`);
  await page.locator("#arrangement").selectOption("hourly");
  await page.locator("#schedule").fill("lun-dom 08:00-20:00");
  await seen("#schedule", /da guardare$/);
  await picture(page, join(out, "advice-in-short-360.png"), false);
  assert.deepEqual([...watched.take(), ...wrong], []);
  await page.setViewportSize(WIDE);
  assert.ok(!(await page.locator("#in-short").isVisible()), "beside the form it need not be said twice");
  await context.close();
});

test("forms, refusals and conflicts can be read by everybody", async () => {
  const { context, watched, page } = await signedIn("operator");
  const wrong = [];
  for (const [name, path] of [["worker", "/workers/new"], ["worker-edit", "/workers/W-000001/edit"], ["family", "/families/new"], ["request", "/requests/new?family=F-000001"]]) {
    await page.goto(program.origin + path);
    wrong.push(...(await findings(page, watched, name)));
  }
  for (const [name, path] of [["worker-refused", "/workers/new"], ["family-refused", "/families/new"], ["request-refused", "/requests/new"]]) {
    await page.goto(program.origin + path);
    await page.locator("#comune").fill("Groseto");
    await page.locator(SAVE).click();
    const summary = page.locator(".dom-errors");
    await summary.waitFor();
    assert.ok(await summary.evaluate((element) => element === document.activeElement), "the errors take the focus");
    assert.match(await page.title(), /^Errore:/);
    wrong.push(...(await findings(page, watched, name)));
  }
  await page.goto(`${program.origin}/requests/new?family=F-000001`);
  await page.locator("#arrangement").selectOption("hourly");
  await page.locator("#schedule").fill("lun-dom 08:00-20:00");
  await page.locator("#self_sufficient").selectOption("no");
  await page.locator("#ccnl_level").selectOption("CS");
  await page.locator("#max_pay_hour").fill("1,00");
  await page.locator("#start_date").fill("1/12/2026");
  await page.locator("#beside button").click();
  await page.locator("#beside .dom-error").first().waitFor();
  wrong.push(...(await findings(page, watched, "advised")));
  const second = await signedIn("operator");
  await page.goto(`${program.origin}/workers/W-000003/edit`);
  await second.page.goto(`${program.origin}/workers/W-000003/edit`);
  await page.locator("#given_name").fill("Prima");
  await page.locator(SAVE).click();
  await page.waitForURL(/saved=1/);
  wrong.push(...(await findings(page, watched, "saved")));
  await second.page.locator("#given_name").fill("Seconda");
  await second.page.locator(SAVE).click();
  await second.page.locator(".dom-errors").waitFor();
  wrong.push(...(await findings(second.page, second.watched, "conflict")));
  await second.context.close();
  await context.close();
  assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
});

test("every page of the forms is valid HTML", () => {
  const found = html.findings();
  assert.equal(found.length, 0, `\n${found.join("\n")}`);
});
