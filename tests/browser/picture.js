// Takes the picture of the README: a match page of the demonstration, whose people are
// made up.
//
//     TEST_DOM_BIN=target/release/dom node tests/browser/picture.js docs/match.png

import { launch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const path = process.argv[2];
if (!path) throw new Error("name the picture to be written");
const program = await demo();
const browser = await launch();
try {
  const context = await browser.newContext({ locale: "it-IT", viewport: { width: 1180, height: 860 } });
  const page = await context.newPage();
  await enter(page, program, "operator");
  const list = await (await context.request.get(`${program.origin}/requests?status=open`)).text();
  const requests = [...list.matchAll(/href="(\/requests\/[\w-]+\/match)"/g)].map(([, address]) => address);
  // One with several who fit says the most.
  let best = { address: requests[0], fits: -1 };
  for (const address of requests) {
    const text = await (await context.request.get(program.origin + address)).text();
    const fits = text.split('<li class="dom-card">').length - 1;
    if (fits > best.fits) best = { address, fits };
  }
  await page.goto(program.origin + best.address);
  await page.screenshot({ path });
} finally {
  await browser.close();
  await program.stop();
}
