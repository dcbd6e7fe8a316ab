// The desk's main job, as an operator does it: sign in, open a request, see who
// fits and why, issue a sheet and take the PDF, revoke it. With scripts and
// without, by mouse and by keyboard alone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, launch, outFolder, picture, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const out = outFolder("story");
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

for (const scripts of [true, false]) {
  test(`an operator signs in and out, scripts ${scripts ? "on" : "off"}`, async () => {
    const context = await browser.newContext({ locale: "it-IT", javaScriptEnabled: scripts, viewport: { width: 1366, height: 900 } });
    const watched = await watch(context, program.origin);
    const page = await context.newPage();
    await enter(page, program, "operator");
    assert.equal(await page.locator("header form[action='/sign-out']").count(), 1, "the way out is in sight");
    await picture(page, join(out, `home-${scripts ? "scripts" : "plain"}.png`));
    await page.locator("header form[action='/sign-out'] button").click();
    await page.goto(`${program.origin}/workers`);
    assert.equal(new URL(page.url()).pathname, "/sign-in", "after signing out no list opens");
    assert.deepEqual(watched.take(), []);
    await context.close();
  });
}

/**
 * An open request with somebody who fits and has to be asked: their codes. Read
 * from the pages beside the journey, as the same operator.
 */
async function toBeAsked(context) {
  const read = async (path) => (await context.request.get(program.origin + path)).text();
  const list = await read("/requests?status=open");
  const requests = new Set([...list.matchAll(/href="\/requests\/([\w-]+)\/match"/g)].map(([, code]) => code));
  for (const request of requests) {
    const answer = await read(`/requests/${request}/match`);
    for (const card of answer.split('<li class="dom-card">').slice(1)) {
      const worker = card.match(/name="worker" value="([\w-]+)"/)?.[1];
      if (worker && card.includes("dom-tag-wait")) return { request, worker };
    }
  }
  throw new Error("the demonstration has no fit who is to be asked");
}

/** A mouse, or the keys that come to the same; `presses()` counts them. */
function byMouse() {
  return {
    press: async (target) => target.click(),
    tick: async (target) => target.check(),
    write: async (target, text) => target.fill(text),
    choose: async (target, value) => target.selectOption(value),
    presses: () => 0,
  };
}

function byKeyboard(page) {
  let pressed = 0;
  const key = async (name) => {
    pressed += 1;
    await page.keyboard.press(name);
  };
  /** Walks with the tabulator until the target has the focus, and looks whether that shows. */
  const reach = async (target) => {
    const handle = await target.elementHandle();
    for (let steps = 0; steps < 400; steps += 1) {
      if (await handle.evaluate((element) => element === document.activeElement)) {
        const shows = await handle.evaluate((element) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
          return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
        });
        assert.ok(shows, `the focus does not show on ${await handle.evaluate((element) => element.outerHTML.slice(0, 200))}`);
        return;
      }
      await key("Tab");
    }
    throw new Error(`the tabulator never reaches ${target}`);
  };
  return {
    press: async (target) => {
      await reach(target);
      await key("Enter");
    },
    tick: async (target) => {
      await reach(target);
      if (!(await target.isChecked())) await key("Space");
    },
    write: async (target, text) => {
      await reach(target);
      await key("Control+a");
      await page.keyboard.type(text);
    },
    choose: async (target, value) => {
      await reach(target);
      for (let steps = 0; (await target.inputValue()) !== value; steps += 1) {
        assert.ok(steps < 20, `no option ${value}`);
        await key("ArrowDown");
      }
    },
    presses: () => pressed,
  };
}

for (const { way, scripts, hand } of [
  { way: "mouse", scripts: true, hand: byMouse },
  { way: "plain", scripts: false, hand: byMouse },
  { way: "keyboard", scripts: true, hand: byKeyboard },
]) {
  test(`a sheet is issued, taken and revoked: ${way}`, async () => {
    const context = await browser.newContext({ locale: "it-IT", javaScriptEnabled: scripts, viewport: { width: 1366, height: 900 }, acceptDownloads: true });
    const watched = await watch(context, program.origin);
    const page = await context.newPage();
    const does = hand(page);
    const at = (path) => page.waitForURL((url) => url.pathname === path);
    const pictured = (name) => picture(page, join(out, `${way}-${name}.png`));
    const steps = [];
    const step = (name) => steps.push(`${name} ${does.presses()}`);

    const { email, password } = program.signIns.operator;
    await page.goto(`${program.origin}/sign-in`);
    await does.write(page.locator("#email"), email);
    await does.write(page.locator("#password"), password);
    await does.press(page.locator("main button[type=submit]"));
    await at("/");
    step("signed in");

    const { request, worker } = await toBeAsked(context);
    await does.press(page.locator("main a[href='/requests?status=open']"));
    await at("/requests");
    step("list");
    await does.press(page.locator(`main a[href='/requests/${request}']`).first());
    await at(`/requests/${request}`);
    await pictured("1-request");
    step("request");
    await does.press(page.locator(`main a[href='/requests/${request}/match']`));
    await at(`/requests/${request}/match`);
    assert.ok((await page.locator("main .dom-reasons li").count()) > 0, "it is said why somebody fits");
    const folded = await page.locator("main details[open]").count();
    assert.equal(folded, 0, "what does not fit stays folded");
    await pictured("2-match");
    step("match");

    await does.tick(page.locator(`#choose-${worker}`));
    await does.press(page.locator("main button[formaction$='/sheet']"));
    await at(`/requests/${request}/sheet`);
    step("chosen");

    // Nobody has said yes yet: the sheet does not go out, and the page says for whom.
    const issue = page.locator("main form[method=post] button[type=submit]");
    await does.press(issue);
    await page.locator(`.dom-error`).first().waitFor();
    assert.deepEqual(watched.take(), []);
    if (scripts) assert.deepEqual(await accessibility(page), [], "the refusal can be read by everybody"); // The checker is a script.
    watched.take(); // What the checker itself loads is not the page's.
    await pictured("3-not-asked");
    step("refused");

    await does.tick(page.locator(`#asked-${worker}`));
    const skipped = page.locator("#skipped");
    if (await skipped.count()) {
      const reason = await skipped.locator("option[value]:not([value=''])").first().getAttribute("value");
      await does.choose(skipped, reason);
    }
    await pictured("4-asked");
    await does.press(issue);
    await page.waitForURL((url) => /^\/sheets\/[A-Z]+-\d{4}-\d{4,}$/.test(url.pathname));
    const number = new URL(page.url()).pathname.split("/").pop();
    await pictured("5-issued");
    step("issued");

    const print = page.locator(`main form[action='/sheets/${number}/print'] button`);
    const taken = [];
    for (let time = 0; time < 2; time += 1) {
      const [download] = await Promise.all([page.waitForEvent("download"), does.press(print)]);
      taken.push(readFileSync(await download.path()));
      assert.match(download.suggestedFilename(), /\.pdf$/);
    }
    assert.equal(taken[0].subarray(0, 4).toString("latin1"), "%PDF");
    assert.ok(taken[0].equals(taken[1]), "a second print gives the same bytes");
    step("taken");

    await page.goto(`${program.origin}/sheets/${number}`);
    await does.press(page.locator("main details:has(form[action$='/revoke']) summary"));
    await does.choose(page.locator("#reason"), "error");
    await does.press(page.locator("main form[action$='/revoke'] button[type=submit]"));
    await page.locator(`main form[action='/sheets/${number}/print']`).waitFor({ state: "detached" });
    assert.equal(await page.locator("main .dom-tag-wrong").count(), 1, "the sheet shows as revoked");
    await pictured("6-revoked");
    step("revoked");

    assert.deepEqual(watched.take(), []);
    if (hand === byKeyboard) {
      console.log(`keys without letters, so far: ${steps.join(", ")}`);
      assert.ok(does.presses() < 400, `${does.presses()} key presses`);
    }
    await context.close();
  });
}
