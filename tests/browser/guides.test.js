// The guides in docs/guida: each picture in them is of a page that opens for whom the
// guide is written. With TEST_GUIDES set the pictures are taken anew, of the
// demonstration, whose people are made up:
//
//     TEST_GUIDES=1 TEST_DOM_BIN=$PWD/target/debug/dom node --test tests/browser/guides.test.js

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { after, before, test } from "node:test";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.js";
import { demo, routes } from "./program.js";
import { enter } from "./site.js";

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "docs", "guida");
const ROLES = { "sportello.md": "operator", "ente.md": "partner", "amministrazione.md": "administrator", "protezione-dati.md": "administrator" };
const VIEWPORT = { width: 1000, height: 700 };
/** A picture shows so much of a page at the most. */
const TALLEST = 640;
const LARGEST_BYTES = 150_000;

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

/** Each picture of a guide, and the page that the line beneath it names. */
function pictures(guide) {
  const text = readFileSync(join(FOLDER, guide), "utf8");
  return [...text.matchAll(/^!\[[^\]]+\]\(([\w-]+\.png)\)\n\*[^`\n]*`(\/[^`]*)`/gm)].map(([, file, path]) => ({ file, path }));
}

/** The sample address to be shown: the first, unless another has clearly more on it. */
async function fullest(context, path) {
  const route = table.find((one) => one.method === "GET" && one.path === path);
  assert.ok(route?.samples.length, `${path} is a page with a sample`);
  let best = { length: 0 };
  for (const address of route.samples) {
    const answer = await context.request.get(program.origin + address);
    const { length } = await answer.text();
    if (answer.ok() && length > 1.2 * best.length) best = { address, length };
  }
  assert.ok(best.address, `${path} opens`);
  return best.address;
}

async function take(page, path) {
  const box = await page.locator("main").boundingBox();
  const clip = { x: 0, y: Math.max(0, box.y - 12), width: VIEWPORT.width, height: Math.min(box.height + 24, TALLEST) };
  await page.screenshot({ path, fullPage: true, clip });
  const { size } = statSync(path);
  assert.ok(size < LARGEST_BYTES, `${path} has ${size} bytes`);
}

test("every guide is somebody's", () => {
  const guides = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));
  assert.deepEqual(guides.sort(), Object.keys(ROLES).sort());
});

for (const [guide, role] of Object.entries(ROLES)) {
  test(`the pictures of ${guide} are of pages that open`, async () => {
    const context = await browser.newContext({ locale: "it-IT", viewport: VIEWPORT, reducedMotion: "reduce" });
    const page = await context.newPage();
    await enter(page, program, role);
    const all = pictures(guide);
    assert.ok(all.length > 0, "a guide has a picture");
    for (const { file, path } of all) {
      const answer = await page.goto(program.origin + (await fullest(context, path)));
      assert.equal(answer.status(), 200, path);
      assert.equal(await page.locator("main h1").count(), 1, path);
      if (process.env.TEST_GUIDES) await take(page, join(FOLDER, file));
    }
    await context.close();
  });
}
