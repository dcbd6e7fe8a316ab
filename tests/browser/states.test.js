// The pages that the walk over the demonstration doesn't meet: a new installation
// without rows, one with a row of each kind, one with hundreds. All of them at 320 px,
// read by the accessibility checker and as HTML.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.js";
import { addresses, Findings, narrow } from "./narrow.js";
import { installation } from "./program.js";
import { enter, secondStep } from "./site.js";

const PASSWORD = "una frase inventata per prova";

const findings = new Findings("states");
let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

const number = (n) => String(n).padStart(6, "0");
const letters = (n) => [...String(n)].map((digit) => "abcdefghij"[digit]).join("");

/** Files of so many made-up workers, families and requests. */
function files(count) {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  const workers = all.map((n) => `W-${number(n)},Prova,Inventata${letters(n)},f,+39399000${number(n)},Grosseto,20,hourly|night,Mon-Fri 07:00-20:00,eu_citizen,2026-01-01,yes,grosseto`);
  const families = all.map((n) => `F-${number(n)},Finta,Famiglia${letters(n)},+39398000${number(n)},Grosseto,grosseto`);
  // Half of the requests are one family's, so that its own page grows too.
  const requests = all.map((n) => `R-${number(n)},F-${number(n % 2 ? 1 : n)},Grosseto,hourly,Mon-Fri 08:00-12:00,2026-12-01,2026-11-01`);
  return [
    ["workers", ["code,given_name,family_name,sex,phone,comune,max_km,arrangements,availability,permit_type,consent_on,share_without_asking,desk", ...workers].join("\n")],
    ["families", ["code,given_name,family_name,phone,comune,desk", ...families].join("\n")],
    ["requests", ["code,family,comune,arrangement,schedule,start_date,opened_on", ...requests].join("\n")],
  ];
}

for (const [what, count] of [["no", 0], ["one", 1], ["many", 300]]) {
  test(`every page is sound with ${what} rows`, async (t) => {
    const program = await installation(count ? files(count) : []);
    const { context, watched, page } = await narrow(browser, program);
    const wrong = [];
    let opened = 0;
    let ended;
    try {
      await page.goto(program.origin + program.door);
      await page.locator("#password").fill(PASSWORD);
      await page.locator("#again").fill(PASSWORD);
      await page.locator("main button[type=submit]").click();
      await page.waitForURL((url) => url.pathname === "/sign-in");
      program.signIns = { administrator: { email: "prima@prova.example", password: PASSWORD } };
      await enter(page, program, "administrator");
      await secondStep(page, program);
      for (const path of addresses()) {
        const answer = await context.request.get(program.origin + path, { maxRedirects: 0 });
        if (answer.status() >= 500) wrong.push(`${path}: answers ${answer.status()}`);
        const isPage = (answer.headers()["content-type"] ?? "").startsWith("text/html");
        // What the demonstration has and a new installation has not is a page that says so, looked at once.
        if (answer.status() !== 200 || !isPage) continue;
        await page.goto(program.origin + path);
        opened += 1;
        wrong.push(...(await findings.of(page, watched, `${what} ${path}`)));
      }
    } finally {
      await context.close();
      ended = await program.stop();
    }
    assert.equal(ended, 0, "the program ends cleanly when told to");
    t.diagnostic(`${opened} pages opened, ${findings.looked.count} of all so far were new, and looked at`);
    assert.ok(opened >= (count ? 50 : 30), `${opened} pages opened`);
    assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
  });
}

test("every page of the states is valid HTML", () => {
  const found = findings.html.findings();
  assert.equal(found.length, 0, `\n${found.join("\n")}`);
});
