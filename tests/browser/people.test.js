// Records of people in a real browser: a worker, a family and its request
// registered by the keyboard alone, with the focus seen at every step and the keys
// counted; two records made one and two again; somebody held back by two people.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { accessibility, htmlChecker, launch, outFolder, overflow, picture, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const WIDE = { width: 1366, height: 768 };
const NARROW = { width: 320, height: 640 };
const TELEPHONE = { width: 360, height: 740 };

/** A worker's registration: 56 of them are the letters that are typed. */
const MOST_PRESSES = 125;

const out = outFolder("people");
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

async function signedIn(role) {
  const context = await browser.newContext({ locale: "it-IT", viewport: WIDE, reducedMotion: "reduce" });
  const watched = await watch(context, program.origin);
  const page = await context.newPage();
  await enter(page, program, role);
  return { context, watched, page };
}

/** What is wrong with the page as it stands, and pictures of it. */
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
  watched.take();
  return wrong;
}

/** A keyboard: every press is counted, and after each the focus must be seen. */
class Keys {
  constructor(page) {
    this.page = page;
    this.presses = 0;
    this.tabs = 0;
  }

  async press(key) {
    this.presses += 1;
    await this.page.keyboard.press(key);
  }

  async type(text) {
    this.presses += [...text].length;
    await this.page.keyboard.type(text);
  }

  /** What has the focus: id, text, and whether somebody who looks can tell. */
  focus() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const label = element.labels?.[0];
      const marked = [element, label].filter(Boolean).some((one) => {
        const drawn = getComputedStyle(one);
        return (drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) > 0) || drawn.boxShadow !== "none";
      });
      return {
        id: element.id,
        tag: element.tagName,
        text: element.textContent.trim().slice(0, 60),
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 && style.visibility !== "hidden",
        marked,
      };
    });
  }

  /** Moves on until something has the focus; each stop on the way is looked at. */
  async reach(is, most = 120) {
    for (let step = 0; step < most; step += 1) {
      await this.press("Tab");
      this.tabs += 1;
      const focus = await this.focus();
      assert.notEqual(focus.tag, "BODY", "the order has no hole");
      assert.ok(focus.seen, `the focus is in sight on ${focus.tag} ${focus.id} ${focus.text}`);
      assert.ok(focus.marked, `the focus is marked on ${focus.tag} ${focus.id} ${focus.text}`);
      if (is(focus)) return focus;
    }
    throw new Error("never reached: a trap, or nothing of the kind on the page");
  }

  async field(id, text) {
    await this.reach((focus) => focus.id === id);
    if (text !== undefined) await this.type(text);
  }

  /** A box, or one of several, that is not chosen yet. */
  async tick(id) {
    await this.field(id);
    await this.press("Space");
  }

  /** Past what stands on every page. */
  async skip() {
    await this.reach((focus) => focus.tag === "A" && focus.text.startsWith("Vai al contenuto"));
    await this.press("Enter");
  }

  /** Saves from where one is. */
  async save() {
    await this.press("Control+Enter");
  }

  async button(text) {
    await this.reach((focus) => focus.tag === "BUTTON" && focus.text.startsWith(text));
    await this.press("Enter");
  }
}

test("a worker, a family and its request are registered by the keyboard alone", async (t) => {
  const { context, watched, page } = await signedIn("operator");
  await page.goto(`${program.origin}/workers/new`);
  const wrong = await findings(page, watched, "worker-new");
  await page.reload();
  const keys = new Keys(page);
  await keys.skip();
  await keys.field("given_name", "Zenaida");
  await keys.field("family_name", "Tastierini");
  await keys.field("sex", "F");
  await keys.field("phone", "3330011223");
  await keys.field("comune", "Grosseto");
  await keys.tick("arrangements-hourly");
  await keys.field("availability", "lun-ven 8:00-13:00");
  await keys.field("max_km", "20");
  await keys.tick("skills-elderly_care");
  await page.waitForFunction(() => ["completo", "in corso"].every((word) => document.querySelector("#parts")?.textContent.includes(word)));
  const halfway = await page.locator("#parts").innerText();
  assert.match(halfway, /in corso/);
  assert.match(halfway, /da iniziare/);
  await picture(page, join(out, "worker-halfway-1366.png"), false);
  await keys.save();
  await page.waitForURL(/\/workers\/W-\d+\?saved=1/);
  t.diagnostic(`a worker: ${keys.presses} key presses, ${keys.tabs} of them Tab`);

  await page.goto(`${program.origin}/families/new`);
  wrong.push(...(await findings(page, watched, "family-new")));
  await page.reload();
  const family = new Keys(page);
  await family.skip();
  await family.field("given_name", "Tito");
  await family.field("family_name", "Tastierini");
  await family.field("relation", "Fig");
  await family.field("phone", "0564300777");
  await family.field("comune", "Grosseto");
  await family.field("recipient_name", "Ines Tastierini");
  await family.field("guardianship", "Decide");
  await family.button("Salva");
  await page.waitForURL(/\/families\/F-\d+\?saved=1/);
  t.diagnostic(`a family: ${family.presses} key presses, ${family.tabs} of them Tab`);

  const request = new Keys(page);
  await request.reach((focus) => focus.tag === "A" && focus.text === "Nuova richiesta");
  await request.press("Enter");
  await page.waitForURL(/\/requests\/new/);
  await request.skip();
  await request.field("arrangement", "a ore");
  await request.field("schedule", "lun-ven 9:00-12:00");
  await request.field("start_date", "1/2/27");
  await request.tick("required_skills-elderly_care");
  await request.save();
  await page.waitForURL(/\/requests\/R-\d+\?saved=1/);
  t.diagnostic(`a request: ${request.presses} key presses, ${request.tabs} of them Tab`);
  assert.ok(keys.presses <= MOST_PRESSES, `${keys.presses} key presses for a worker`);
  t.diagnostic(`all three: ${keys.presses + family.presses + request.presses} key presses`);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("two records become one and two again, and pairs are gone through by keys", async (t) => {
  const { context, watched, page } = await signedIn("operator");
  const wrong = [];
  const register = async (given, family, phone) => {
    await page.goto(`${program.origin}/workers/new`);
    await page.locator("#given_name").fill(given);
    await page.locator("#family_name").fill(family);
    await page.locator("#sex").selectOption("f");
    await page.locator("#phone").fill(phone);
    await page.locator("#comune").fill("Grosseto");
    await page.locator("#arrangements-live_in").check();
    await page.locator("form#registering button[type=submit]:not([name])").click();
    await page.waitForLoadState();
    if (!page.url().includes("saved=1")) {
      await page.locator("#another").check();
      await page.locator("form#registering button[type=submit]:not([name])").click();
    }
    await page.waitForURL(/saved=1/);
    return page.url().match(/W-\d+/)[0];
  };
  const one = await register("Ljudmila", "Duplicati", "3339988776");
  const other = await register("Liudmila", "Duplicatti", "3339988776");

  await page.goto(`${program.origin}/workers/pairs`);
  wrong.push(...(await findings(page, watched, "pairs")));
  await page.goto(`${program.origin}/workers/${one}/same`);
  wrong.push(...(await findings(page, watched, "same")));
  await page.goto(`${program.origin}/workers/pairs`);
  const keys = new Keys(page);
  await keys.reach((focus) => focus.tag === "A" && focus.text.includes(one) && focus.text.includes("Confronta"));
  await keys.press("Enter");
  await page.waitForURL(/\/merge\//);
  wrong.push(...(await findings(page, watched, "merge")));
  await page.reload();
  await keys.button("Unisci le schede");
  await page.waitForURL(/\/workers\/pairs\?page=1&done=merged/);
  t.diagnostic(`a pair made one from the list and back: ${keys.presses} key presses`);

  await page.goto(`${program.origin}/workers/${other}`);
  await page.waitForURL(new RegExp(`/workers/${one}\\?merged=${other}`));
  wrong.push(...(await findings(page, watched, "merged")));
  await page.getByRole("button", { name: "Annulla l’unione" }).click();
  await page.waitForURL(/done=unmerged/);
  await page.goto(`${program.origin}/workers/${other}`);
  assert.equal(new URL(page.url()).pathname, `/workers/${other}`);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("somebody is held back by one and another person", async () => {
  const first = await signedIn("operator");
  const address = `${program.origin}/workers/W-000003/block`;
  const wrong = [];
  await first.page.goto(address);
  wrong.push(...(await findings(first.page, first.watched, "block-new")));
  await first.page.locator("main form button[type=submit]").click();
  wrong.push(...(await findings(first.page, first.watched, "block-wrong")).filter((one) => !one.includes("422")));
  await first.page.locator("#reason").selectOption("unpaid");
  const review = new Date(Date.now() + 40 * 86_400_000);
  await first.page.locator("#review_on").fill(`${review.getDate()}/${review.getMonth() + 1}/${review.getFullYear()}`);
  await first.page.locator("main form button[type=submit]").click();
  await first.page.getByText("Serve la conferma di un’altra persona").waitFor();
  wrong.push(...(await findings(first.page, first.watched, "block-proposed")));
  const second = await signedIn("administrator");
  await second.page.goto(address);
  await second.page.locator("#words").fill("Dice che non è vero.");
  wrong.push(...(await findings(second.page, second.watched, "block-second")));
  await second.page.getByRole("button", { name: "Conferma la sospensione" }).click();
  await second.page.getByRole("heading", { name: "Sospesa", exact: true }).waitFor();
  wrong.push(...(await findings(second.page, second.watched, "block-confirmed")));
  assert.deepEqual(wrong, []);
  await first.context.close();
  await second.context.close();
});

test("the pages of this file are valid HTML", () => {
  assert.deepEqual(html.findings(), []);
});
