// Every form refused, left empty and filled with far too much; every record saved over
// what somebody else saved meanwhile. All of it at 320 px, read by the accessibility
// checker and as HTML.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.js";
import { addresses, Findings, narrow } from "./narrow.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

/** More than any field takes. */
const FAR_TOO_MUCH = "Parola ".repeat(600);

const findings = new Findings("refusals");
let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

/** The forms of a page that ask something: their place, where they lead, what they hold besides. */
function forms(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("main form[method=post]")].map((form, at) => ({
      at,
      action: new URL(form.action).pathname,
      asks: [...form.elements].some((one) => one.matches("input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select")),
      versioned: Boolean(form.elements.version ?? form.elements["version-0"]),
    })),
  );
}

/** Changes what a form holds and sends it as it then stands; the status of what comes back. */
async function sent(page, at, how) {
  const response = page.waitForResponse((one) => one.request().isNavigationRequest() && one.request().method() === "POST");
  const moved = page.waitForEvent("framenavigated").catch(() => undefined);
  await page.evaluate(
    ([place, change, long]) => {
      const form = document.querySelectorAll("main form[method=post]")[place];
      for (const one of form.elements) {
        if (one.matches("input:not([type=hidden], [type=file]), textarea")) {
          if (["radio", "checkbox"].includes(one.type)) one.checked = one.checked && change === "stale";
          else if (change !== "stale") one.value = change === "empty" ? "" : long;
        }
        if (one.matches("select") && change !== "stale") one.selectedIndex = 0;
      }
      if (change === "stale") {
        (form.elements.version ?? form.elements["version-0"]).value = "0";
        // A save that changes nothing is no conflict.
        const { given_name: name, max_pay_hour: pay } = form.elements;
        if (name) name.value = "Altra";
        else if (pay) pay.value = "99";
      }
      // As by the first button, past what scripts do instead of sending it.
      const { name, value } = form.querySelector("button:not([type=button])") ?? {};
      if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      HTMLFormElement.prototype.submit.call(form);
    },
    [at, how, FAR_TOO_MUCH],
  );
  const answer = await response;
  // A file leaves the page where it is.
  if (!answer.headers()["content-disposition"]) await moved;
  await page.waitForLoadState();
  return answer.status();
}

test("every form that is refused says so to everybody, and every stale save", async (t) => {
  const program = await demo();
  const { context, watched, page } = await narrow(browser, program);
  const wrong = [];
  const counts = { empty: 0, long: 0, stale: 0 };
  let ended;
  try {
    await enter(page, program, "administrator");
    const seen = new Set();
    for (const path of addresses()) {
      const found = await context.request.get(program.origin + path, { maxRedirects: 0 });
      if (found.status() !== 200 || !(found.headers()["content-type"] ?? "").startsWith("text/html")) continue;
      await page.goto(program.origin + path);
      for (const form of await forms(page)) {
        // Of forms that differ by a code alone one is enough.
        const kind = form.action.replaceAll(/\d+/g, "");
        if (!(form.asks || form.versioned) || seen.has(`${kind} ${form.at}`)) continue;
        seen.add(`${kind} ${form.at}`);
        for (const how of [...(form.versioned ? ["stale"] : []), ...(form.asks ? ["empty", "long"] : [])]) {
          await page.goto(program.origin + path);
          if ((await forms(page))[form.at]?.action !== form.action) break; // It was taken, and is no more.
          const name = `${form.action} ${how}`;
          const status = await sent(page, form.at, how);
          if (status >= 500) wrong.push(`${name}: answers ${status}`);
          if (status !== (how === "stale" ? 409 : 422)) continue;
          counts[how] += 1;
          // What was done already, or too soon, is refused by a page of its own.
          const whole = (await page.title()).startsWith("Non si può fare");
          if (!whole && !/^Errore: /.test(await page.title())) wrong.push(`${name}: its title is ${await page.title()}`);
          const focus = await page.evaluate(() => document.activeElement?.className ?? "");
          if (!whole && !focus.includes("dom-errors")) wrong.push(`${name}: the errors have not the focus, but ${focus}`);
          wrong.push(...(await findings.of(page, watched, name)));
        }
      }
    }
  } finally {
    await context.close();
    ended = await program.stop();
  }
  t.diagnostic(`refused: ${counts.empty} left empty, ${counts.long} with far too much, ${counts.stale} stale`);
  assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
  // At the least a worker, a family and a request.
  assert.ok(counts.empty >= 20 && counts.long >= 20 && counts.stale >= 3, JSON.stringify(counts));
  assert.equal(ended, 0, "the program ends cleanly when told to");
});

test("every page that says no is valid HTML", () => {
  const found = findings.html.findings();
  assert.equal(found.length, 0, `\n${found.join("\n")}`);
});
