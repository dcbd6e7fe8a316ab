import { demo } from "./program.js";
import { launch, accessibility } from "./browser.js";
import { enter } from "./site.js";
const program = await demo();
const browser = await launch();
try {
  const context = await browser.newContext({ locale: "it-IT", viewport: { width: 1366, height: 900 } });
  const page = await context.newPage();
  await enter(page, program, "administrator");
  await page.goto(`${program.origin}/admin/reads/kept`);
  console.log(JSON.stringify(await accessibility(page)));
  await page.screenshot({ path: "/tmp/p4_kept.png", fullPage: true });
  await page.locator("#days").fill("100");
  await page.locator("main form button").click();
  await page.screenshot({ path: "/tmp/p4_kept_wrong.png", fullPage: true });
  await page.setViewportSize({ width: 320, height: 700 });
  await page.locator("#days").fill("365");
  await page.locator("main form button").click();
  await page.screenshot({ path: "/tmp/p4_kept_narrow.png", fullPage: true });
  console.log(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth));
} finally { await browser.close(); await program.stop(); }
