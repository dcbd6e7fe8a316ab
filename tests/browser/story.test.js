// The desk's main job, as an operator does it: sign in, open a request, see who
// fits and why, issue a sheet and take the PDF. With scripts, and without.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, outFolder, watch } from "./browser.js";
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
    await page.screenshot({ path: join(out, `home-${scripts ? "scripts" : "plain"}.png`), fullPage: true });
    await page.locator("header form[action='/sign-out'] button").click();
    await page.goto(`${program.origin}/workers`);
    assert.equal(new URL(page.url()).pathname, "/sign-in", "after signing out no list opens");
    assert.deepEqual(watched.take(), []);
    await context.close();
  });
}
