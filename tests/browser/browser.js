// A real browser, and what it notices on its way: refused content, errors on the
// console, requests that leave the site. Also the accessibility and HTML checkers.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tool } from "./program.js";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Pictures and saved pages of a run, by the name of the test file. */
export function outFolder(name) {
  const folder = join(here, "out", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function installed(name) {
  try {
    return require.resolve(name);
  } catch {
    throw new Error(`${name} is missing: run "npm ci" in tests/browser`);
  }
}

export async function launch() {
  installed("playwright-core");
  const { chromium } = await import("playwright-core");
  return chromium.launch({
    executablePath: tool(["chromium", "chromium-browser", "google-chrome"], "chromium"),
    // Root, containers and small shared memory: where tests run, not where people do.
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
}

/** Notes what a page complains of. `take()` hands over the complaints so far. */
export async function watch(context, origin) {
  let complaints = [];
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`refused by the content security policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.on("console", (message) => {
    // A page that answers 4xx on purpose is noted by the browser as a failed load.
    if (message.type() === "error" && !/Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) {
      complaints.push(`console: ${message.text().slice(0, 300)}`);
    }
  });
  context.on("weberror", (error) => complaints.push(`script: ${error.error()}`));
  context.on("request", (request) => {
    const { origin: to, protocol } = new URL(request.url());
    if (to !== origin && protocol !== "data:") complaints.push(`asked of another site: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== "document") {
      complaints.push(`${response.status()} for ${response.url()}`);
    }
  });
  return {
    take() {
      const taken = complaints;
      complaints = [];
      return taken;
    },
  };
}

/** Takes a picture of a page, for whoever wants to look at it: where TEST_PICTURES is set. */
export async function picture(page, path, fullPage = true) {
  if (process.env.TEST_PICTURES) await page.screenshot({ path, fullPage });
}

/** The same on a telephone as most people have one, for pages that are tried on a smaller one. */
export async function pictureOnTelephone(page, path) {
  if (!process.env.TEST_PICTURES) return;
  const tried = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 780 });
  await page.screenshot({ path, fullPage: true });
  await page.setViewportSize(tried);
}

const AXE = () => readFileSync(join(dirname(installed("axe-core")), "axe.min.js"), "utf8");
let axeSource;

/** WCAG 2.2 A and AA findings of the page as it stands, one line each. */
export async function accessibility(page) {
  axeSource ??= AXE();
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    });
    return result.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`) }));
  });
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.slice(0, 3).join("\n    ")}`);
}

/**
 * Tells pages that are the same to somebody from those that are not: the same page as
 * another role, or with other rows elsewhere, need not be looked at again. What stands
 * around a page counts apart, and so does the window's width.
 */
export class Looked {
  #known = new Set();
  /** So many pages were new. */
  count = 0;

  /** Whether anything of the page as it stands is new; it is known from then on. */
  async isNew(page) {
    const parts = await page.evaluate(() => {
      const body = document.body.cloneNode(true);
      for (const field of body.querySelectorAll("input[type=hidden]")) field.removeAttribute("value");
      for (const link of body.querySelectorAll(".dom-header [aria-current], .dom-footer [aria-current]")) link.removeAttribute("aria-current");
      const content = body.querySelector(".dom-page");
      content?.remove();
      return [body.innerHTML, content?.innerHTML ?? ""];
    });
    const { width } = page.viewportSize();
    const keys = parts.map((part) => createHash("sha256").update(`${width} ${part}`).digest("hex"));
    const isNew = keys.some((key) => !this.#known.has(key));
    for (const key of keys) this.#known.add(key);
    if (isNew) this.count += 1;
    return isNew;
  }
}

/** Elements that stand out of the window on the right; empty when the page reflows. */
export async function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className}: ${Math.round(element.getBoundingClientRect().right)} of ${width} px`);
  });
}

/** Saves pages, then has all of them read by the Nu HTML checker in one go. */
export function htmlChecker(folder) {
  const saved = new Map();
  const jar = join(dirname(installed("vnu-jar/package.json")), "build", "dist", "vnu.jar");
  const java = tool(["java"], "default-jre-headless");
  return {
    save(name, html) {
      const path = join(folder, `${name}.html`);
      writeFileSync(path, html);
      saved.set(path, name);
    },
    /** What it finds, one line each. One start of the checker for all pages: it is slow to start. */
    findings() {
      if (saved.size === 0) throw new Error("no page was saved");
      const run = spawnSync(java, ["-Xss1m", "-jar", jar, "--errors-only", "--stdout", "--format", "json", "--exit-zero-always", ...saved.keys()], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
      if (run.status !== 0) throw new Error(`the HTML checker did not run: ${run.stderr || run.error}`);
      return JSON.parse(run.stdout).messages.map(({ url, lastLine, message, extract }) => `${saved.get(fileURLToPath(url))}, line ${lastLine}: ${message} ${extract ?? ""}`.trim());
    },
  };
}
