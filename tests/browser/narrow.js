// Pages on the smallest screen: opened there, and what is wrong with them.

import { accessibility, htmlChecker, Looked, outFolder, overflow, watch } from "./browser.js";
import { routes } from "./program.js";

const NARROW = { width: 320, height: 640 };
const table = routes();

/** Addresses of the pages that a desk's administrator opens and nobody else from outside. */
export function addresses() {
  const own = table.filter(({ method, roles }) => method === "GET" && roles.includes("administrator") && !roles.includes("nobody"));
  return [...new Set(own.flatMap(({ samples }) => samples))];
}

/** A window of that size on a program. */
export async function narrow(browser, program) {
  const context = await browser.newContext({ locale: "it-IT", reducedMotion: "reduce", viewport: NARROW });
  const watched = await watch(context, program.origin);
  return { context, watched, page: await context.newPage() };
}

/** What the pages of a test file have wrong. */
export class Findings {
  looked = new Looked();

  constructor(name) {
    this.html = htmlChecker(outFolder(name));
  }

  /** Of a page as it stands. */
  async of(page, watched, name) {
    this.html.save(name.replaceAll(/[^\w]+/g, "-"), await page.content());
    const wrong = watched.take();
    if (await this.looked.isNew(page)) {
      wrong.push(...(await accessibility(page)), ...(await overflow(page)).map((element) => `wider than ${NARROW.width} px: ${element}`));
      watched.take(); // What the checker itself loads is not the page's.
    }
    return wrong.map((finding) => `${name}: ${finding}`);
  }
}
