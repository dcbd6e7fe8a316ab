// Every form of the desk's registering, sent as a person sends it, in a browser whose
// scripts are off: two people of a desk go through the work of days. At the end every
// form that any page of it showed was sent, with each of its buttons, and was taken.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, outFolder, watch } from "./browser.js";
import { demo, routes } from "./program.js";
import { enter } from "./site.js";

/** For a machine that is busy: nothing here waits by design. */
const PATIENCE_MS = 90_000;
const SAVE = "form#registering button[type=submit]:not([name])";
/** Pages of registering and of what a desk does beside it; others have tests of their own. */
const PAGES = /^\/($|workers|families|requests|hand-over|imports|waiting|paper|conflicts|filters|tour|calls$|proposals$)/;
/** Pages beneath these that are about sheets, links and the follow-up. */
const NOT_HERE = /^\/(workers\/[^/]+\/(link|diffusion|disclosures)|families\/[^/]+\/link|requests\/[^/]+\/(propose|sheet))$/;

outFolder("plain");
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

/** The line of the route table that an address belongs to: of several the most literal. */
function routeOf(method, path) {
  const words = path.split("/");
  const fitting = table.filter((route) => {
    const parts = route.path.split("/");
    return route.method === method && parts.length === words.length && parts.every((part, at) => part.startsWith("{") || part === words[at]);
  });
  const literal = ({ path: own }) => own.split("/").filter((part) => !part.startsWith("{")).length;
  return fitting.sort((one, other) => literal(other) - literal(one))[0]?.path;
}

/** A form and one of its buttons; codes of people don't make another button. */
const named = (method, path, act) => [method, routeOf(method, path) ?? path, act?.replace(/[WF]-\d+/, "CODE") ?? ""].join(" ").trim();

/** What the pages showed, and what was sent and taken. */
const shown = new Map();
const sent = new Set();

/** A person of the desk, with scripts off. */
class Person {
  static async of(role) {
    const context = await browser.newContext({ locale: "it-IT", javaScriptEnabled: false, viewport: { width: 1366, height: 900 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(PATIENCE_MS);
    const person = new Person();
    person.context = context;
    person.watched = await watch(context, program.origin);
    person.page = await context.newPage();
    person.page.on("request", (request) => person.notes(request));
    await enter(person.page, program, role);
    await person.looks();
    return person;
  }

  /** Of each form: whatever leads from one page to another by a post, or by a get with a query. */
  notes(request) {
    if (!request.isNavigationRequest() || request.redirectedFrom()) return;
    const { pathname } = new URL(request.url());
    let act;
    if (request.method() === "POST" && !request.headers()["content-type"]?.startsWith("multipart")) {
      const said = new URLSearchParams(request.postData() ?? "");
      act = said.get("do") ?? said.get("format") ?? (pathname === "/language" ? said.get("language") : undefined);
    }
    this.pending = { key: named(request.method(), pathname, act), request };
  }

  /** Notes the forms of the page as it stands, where it is one of those. */
  async looks() {
    const { pathname } = new URL(this.page.url());
    assert.doesNotMatch(await this.page.title(), /^(Problema|Non trovat)/, pathname);
    if (!PAGES.test(pathname) || NOT_HERE.test(pathname)) return;
    const forms = await this.page.evaluate(() =>
      [...document.forms].flatMap((form) =>
        [...form.elements]
          .filter((one) => one.matches("button:not([type=button])"))
          .map((button) => ({
            method: (button.getAttribute("formmethod") ?? form.method).toUpperCase(),
            path: new URL(button.hasAttribute("formaction") ? button.formAction : form.action).pathname,
            act: ["do", "format", "language"].includes(button.name) ? button.value : undefined,
          })),
      ),
    );
    for (const { method, path, act } of forms) shown.set(named(method, path, act), pathname);
  }

  async opens(path) {
    const answer = await this.page.goto(program.origin + path);
    assert.equal(answer.status(), 200, path);
    await this.looks();
  }

  /** Follows a link of the page. */
  async follows(link) {
    const moved = this.page.waitForEvent("framenavigated");
    await link.click();
    await moved;
    await this.page.waitForLoadState();
    await this.looks();
  }

  /** Presses a button that sends a form; the answer has to be of this kind. */
  async sends(button, status = 200) {
    const moved = this.page.waitForEvent("framenavigated");
    await button.click();
    await moved;
    await this.page.waitForLoadState();
    const { key, request } = this.pending;
    let last = request;
    while (last.redirectedTo()) last = last.redirectedTo();
    const answer = await last.response();
    assert.equal(answer.status(), status, `${key}: ${(await this.page.locator("main").innerText()).slice(0, 800)}`);
    if (status === 200) sent.add(key);
    await this.looks();
  }

  /** Presses a button that brings a file. */
  async takes(button) {
    const download = this.page.waitForEvent("download");
    await button.click();
    const file = await download;
    assert.equal(await file.failure(), null);
    sent.add(this.pending.key);
    return file.suggestedFilename();
  }

  on(selector) {
    return this.page.locator(selector);
  }

  does(act, within = "main") {
    return this.on(`${within} button[name=do][value="${act}"]`).first();
  }

  async fills(fields) {
    for (const [id, value] of Object.entries(fields)) {
      const field = this.on(`[id="${id}"]`);
      if (value === true) await field.check();
      else if ((await field.evaluate((one) => one.tagName)) === "SELECT") await field.selectOption(value);
      else await field.fill(value);
    }
  }

  async says(pattern) {
    assert.match(await this.on("main").innerText(), pattern, this.page.url());
  }

  /** The code of the record that was just saved. */
  saved() {
    const found = this.page.url().match(/\/([WFR]-\d+)\?saved=1/);
    assert.ok(found, this.page.url());
    return found[1];
  }
}

/** A step of the story: what fails says in which. */
async function step(name, act) {
  try {
    await act();
  } catch (error) {
    error.message = `${name}: ${error.message}`;
    throw error;
  }
}

const inDays = (days) => {
  const day = new Date(Date.now() + days * 86_400_000);
  return `${day.getDate()}/${day.getMonth() + 1}/${day.getFullYear()}`;
};

const WORKER = { family_name: "Senzascript", sex: "f", comune: "Grosseto", "arrangements-hourly": true, max_km: "20", availability: "lun-ven 8:00-13:00; sab 9:00-12:00" };

/** Registers somebody who is another person than whoever is alike. */
async function another(person, section, fields) {
  await person.opens(`/${section}/new`);
  await person.fills(fields);
  await person.sends(person.on(SAVE), 422);
  await person.fills({ another: true });
  await person.sends(person.on(SAVE));
  return person.saved();
}

test("every form of the desk is sent with scripts off", async (t) => {
  const one = await Person.of("operator");
  const other = await Person.of("administrator");
  const codes = {};

  await step("a worker: put aside, taken up, looked at beside others, saved", async () => {
    await one.opens("/workers/new");
    await one.fills({ given_name: "Zita" });
    await one.sends(one.does("keep"));
    await one.opens("/");
    await one.sends(one.on(".dom-drafts form button").first());
    await one.on("main details:has(form[action$='/restore']) summary").click();
    await one.sends(one.on("main form[action$='/restore'] button").first());
    await one.sends(one.on(".dom-drafts form button").first());
    await one.opens("/workers/new");
    await one.fills({ given_name: "Zita", phone: "333 701.02.03" });
    await one.sends(one.does("keep"));
    await one.opens("/");
    await one.follows(one.on(".dom-drafts a").first());
    assert.equal(await one.on("#given_name").inputValue(), "Zita", "what was typed waits");
    await one.fills({ ...WORKER, availability: "lun 8" });
    await one.sends(one.on(SAVE), 422);
    assert.match(await one.page.title(), /^Errore: /);
    assert.equal(await one.on("#availability").inputValue(), "lun 8", "what can't be read stays");
    await one.fills({ availability: WORKER.availability, birth_date: "3/4/1980", citizenship: "UA" });
    await one.fills({ permit_type: "temporary_protection", permit_until: inDays(200), "skills-elderly_care": true, "languages-1": "it", "languages-level-1": "B1" });
    await one.fills({ consent_on: inDays(0), notice_version: "2026-11-24", consent_how: "paper", consent_folder: "12" });
    await one.sends(one.does("work_out"));
    assert.match(await one.on("#beside").innerText(), /non si trova nessuno/);
    await one.sends(one.on(SAVE));
    codes.worker = one.saved();
    await one.says(/Zita Senzascript[^]*12[^]*Storia/);
  });

  await step("somebody alike is shown, looked at, and is another person", async () => {
    await one.opens("/workers/new");
    await one.fills({ ...WORKER, given_name: "Zitta", phone: "3337010203" });
    await one.sends(one.on(SAVE), 422);
    await one.sends(one.does(`see-${codes.worker}`));
    await one.follows(one.on("main .alert a").first());
    assert.equal(await one.on("#given_name").inputValue(), "Zitta");
    await one.fills({ another: true });
    await one.sends(one.on(SAVE));
    codes.twin = one.saved();
    codes.third = await another(one, "workers", { ...WORKER, given_name: "Zita", phone: "3337010203" });
  });

  await step("a family with whom it asks for", async () => {
    const family = { family_name: "Senzascript", relation: "child", comune: "Grosseto", recipient_name: "Ines Senzascript", guardianship: "none" };
    await one.opens("/families/new");
    await one.fills({ given_name: "Ugo" });
    await one.sends(one.does("keep"));
    await one.fills({ ...family, phone: "0564 700.701" });
    await one.sends(one.does("work_out"));
    await one.sends(one.on(SAVE));
    codes.family = one.saved();
    await one.says(/Ines Senzascript/);
    await one.opens("/families/new");
    await one.fills({ ...family, given_name: "Hugo", phone: "0564700701" });
    await one.sends(one.on(SAVE), 422);
    await one.sends(one.does(`see-${codes.family}`));
    await one.follows(one.on("main .alert a").first());
    await one.fills({ another: true });
    await one.sends(one.on(SAVE));
    codes.familyTwin = one.saved();
    codes.familyThird = await another(one, "families", { ...family, given_name: "Ugo", phone: "0564700701" });
  });

  await step("two records become one and two again", async () => {
    for (const [section, keep, goes, third] of [["workers", codes.worker, codes.twin, codes.third], ["families", codes.family, codes.familyTwin, codes.familyThird]]) {
      await one.opens(`/${section}/${keep}/same`);
      await one.fills({ words: "senzascript" });
      await one.sends(one.on("main form button[type=submit]").first());
      await one.says(new RegExp(goes));
      await one.opens(`/${section}/pairs`);
      await one.sends(one.on(`main li:has-text("${keep}"):has-text("${third}") form button`).first());
      await one.opens(`/${section}/${keep}/merge/${goes}`);
      await one.sends(one.on(`main form[action="/${section}/pairs"] button`));
      await one.opens(`/${section}/${keep}/merge/${goes}`);
      await one.sends(one.on("main form.dom-long-form button[type=submit]"));
      await one.opens(`/${section}/${keep}`);
      await one.page.waitForURL(new RegExp(`/${section}/(${keep}|${goes})`));
      await one.sends(one.on("main form[action*='/unmerge/'] button").first());
      await one.opens(`/${section}/${goes}`);
      assert.equal(new URL(one.page.url()).pathname, `/${section}/${goes}`, "two again");
    }
  });

  await step("a request, with the advice and who would fit, by its buttons", async () => {
    await one.opens(`/families/${codes.family}`);
    await one.follows(one.on(`main a[href="/requests/new?family=${codes.family}"]`));
    await one.fills({ arrangement: "live_in", start_date: inDays(30), schedule: "lun-sab 8:00-18:00" });
    await one.sends(one.does("work_out"));
    assert.match(await one.on("#beside").innerText(), /ore|orario|almeno/i);
    await one.fills({ live_in_hours: "54", self_sufficient: "no", ccnl_level: "CS", max_pay_month: "100,00", "required_skills-elderly_care": true });
    await one.sends(one.does("work_out"));
    assert.ok((await one.on("#beside .dom-error").count()) > 0, "an offer below the minimum is told");
    await one.fills({ max_pay_month: "1600,00" });
    await one.sends(one.does("keep"));
    await one.sends(one.on(SAVE));
    codes.request = one.saved();
  });

  await step("a wish is changed and the match runs again, and nothing is saved", async () => {
    await one.opens("/requests/R-000002/edit");
    const before = await one.on("#schedule").inputValue();
    await one.fills({ schedule: "mar 8:30-11:30" });
    await one.sends(one.does("work_out"));
    await one.says(/mar 8:30-11:30|mar 08:30-11:30|in più|in meno|idone/);
    const counted = await one.on("#beside strong").allInnerTexts();
    assert.ok(counted.length > 0, "how many fit is told");
    await one.opens("/requests/R-000002/edit");
    assert.equal(await one.on("#schedule").inputValue(), before);
  });

  await step("the days of rest are covered by a request of their own", async () => {
    await one.opens(`/requests/${codes.request}`);
    await one.follows(one.on(`main a[href="/requests/new?covers=${codes.request}"]`));
    assert.equal(await one.on("#covers").inputValue(), codes.request);
    await one.sends(one.on(SAVE), 422);
    await one.fills({ schedule: "dom 8:00-20:00" });
    await one.sends(one.on(SAVE));
    codes.rest = one.saved();
    await one.says(new RegExp(codes.request));
  });

  await step("the sex of the worker waits for a second person", async () => {
    await one.opens(`/requests/${codes.request}/edit`);
    await one.fills({ worker_sex: "f" });
    await one.sends(one.on(SAVE), 422);
    await one.fills({ worker_sex_ground: "personal_hygiene" });
    await one.sends(one.on(SAVE));
    const refused = await one.page.goto(`${program.origin}/requests/${codes.request}/match`);
    assert.ok(refused.status() >= 400, "matching waits");
    await other.opens(`/requests/${codes.request}`);
    await other.sends(other.on("main form[action$='/confirm-sex'] button"));
    await one.opens(`/requests/${codes.request}/match`);
  });

  await step("who is second chooses between what both wrote", async () => {
    for (const [path, field, mine, theirs] of [[`/workers/${codes.worker}`, "max_km", "25", "30"], [`/families/${codes.family}`, "address", "Via Prova 1", "Via Prova 2"], [`/requests/${codes.request}`, "max_pay_month", "1700,00", "1800,00"]]) {
      await one.opens(`${path}/edit`);
      await other.opens(`${path}/edit`);
      await other.fills({ [field]: theirs });
      await other.sends(other.on(SAVE));
      await one.fills({ [field]: mine });
      await one.sends(one.on(SAVE), 409);
      assert.equal(await one.on(`[id="${field}"]`).inputValue(), mine, "one's own text stays");
      await one.fills({ [`choose-${field}-theirs`]: true });
      await one.sends(one.on(SAVE));
      await one.opens(`${path}/edit`);
      assert.equal(await one.on(`[id="${field}"]`).inputValue(), theirs);
      // Put aside and thought over once more, also where the record is there.
      await one.sends(one.does("keep"));
      await one.sends(one.does("work_out"));
    }
  });

  await step("notes are written and erased", async () => {
    for (const path of [`/workers/${codes.worker}`, `/families/${codes.family}`, `/requests/${codes.request}`]) {
      await one.opens(`${path}/diary`);
      await one.sends(one.on(`main form[action="${path}/diary"] button`), 422);
      await one.fills({ words: "Chiamata, non risponde" });
      await one.sends(one.on(`main form[action="${path}/diary"] button`));
      await one.says(/Chiamata, non risponde/);
      await one.sends(one.on("main form[action$='/erase'] button"));
      assert.doesNotMatch(await one.on("main").innerText(), /Chiamata, non risponde/);
    }
  });

  await step("a request is taken in charge, and all are handed over", async () => {
    await other.opens(`/requests/${codes.request}`);
    await other.sends(other.on("main form[action$='/charge'] button"));
    await other.opens("/hand-over");
    await other.sends(other.on("main form[action='/hand-over'] button"), 422);
    await other.on("#to").selectOption({ label: "Olivia Prova" });
    await other.sends(other.on("main form[action='/hand-over'] button"));
    await other.says(new RegExp(codes.request));
  });

  await step("a worker pauses and wakes, a request pauses and is closed", async () => {
    const standing = (path) => one.on(`main form[action="${path}/standing"] button[type=submit]:not([name])`);
    let path = `/workers/${codes.third}`;
    await one.opens(`${path}/standing`);
    await one.fills({ status: "paused", pause_reason: "travel" });
    await one.fills({ paused_until: "31/13/26" });
    await one.sends(standing(path), 422);
    await one.fills({ paused_until: inDays(20) });
    await one.sends(standing(path));
    await one.opens(`${path}/standing`);
    await one.fills({ status: "active", paused_until: "", pause_reason: "" });
    await one.sends(standing(path));
    path = `/requests/${codes.rest}`;
    await one.opens(`${path}/standing`);
    await one.fills({ status: "paused", paused_until: inDays(20), pause_reason: "hospital" });
    await one.sends(standing(path));
    await one.opens(`${path}/standing`);
    await one.fills({ status: "closed", paused_until: "", pause_reason: "", close_reason: "need_ended" });
    await one.sends(standing(path));
    await one.says(/Il bisogno è finito/);
  });

  await step("two people hold somebody back, and let them go", async () => {
    for (const path of [`/workers/${codes.twin}/block`, `/families/${codes.familyTwin}/block`]) {
      const propose = async () => {
        await one.opens(path);
        await one.fills({ reason: "unpaid", review_on: inDays(40) });
        await one.sends(one.on("main form button[type=submit]:not([name])"));
      };
      await propose();
      await one.sends(one.does("drop"));
      await propose();
      await other.opens(path);
      await other.sends(other.does("confirm"), 422);
      await other.fills({ words: "Dice che non è vero." });
      await other.sends(other.does("confirm"));
      await one.opens(path);
      await one.fills({ words: "Chiarito." });
      await one.sends(one.does("ask_lift"));
      await one.fills({ review_on: inDays(60) });
      await one.sends(one.does("keep"));
      await one.fills({ words: "Chiarito davvero." });
      await one.sends(one.does("ask_lift"));
      await other.opens(path);
      await other.sends(other.does("lift"));
      await other.says(/Chiarito davvero/);
    }
  });

  await step("a desk's own file is read, looked at and loaded", async () => {
    const hands = async (rows) => {
      const text = ["Nome;Cognome;Sesso;Cell.;Residenza;Distanza massima;Tipo di lavoro;Note", ...rows].join("\n");
      await one.opens("/imports?kind=workers");
      await one.on("#file").setInputFiles({ name: "elenco.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
      await one.sends(one.on("main form[action='/imports'] button[type=submit]"));
    };
    /** Looks again until the file is where it should be, as the page itself does. */
    const comes = async (heading) => {
      await one.page.getByRole("heading", { name: heading }).waitFor({ timeout: PATIENCE_MS });
      await one.looks();
    };
    const columns = () => one.on("main form[action$='/columns'] button[type=submit]");
    await hands(["Prova;Intera;f;333 555 4401;Grosseto;20;hourly;la sera"]);
    await one.fills({ "column-1": "family_name" });
    await one.sends(columns(), 422);
    await one.fills({ "column-1": "given_name" });
    await one.sends(columns());
    await comes(/Il file va bene/);
    await one.sends(one.on("main form[action$='/load'] button[value=all]"));
    await comes("Il file è stato caricato.");
    await one.sends(one.on("main form[action$='/discard'] button"));
    await hands(["Prova;Giusta;f;333 555 4402;Grosseto;20;hourly;", "Sbagliata;Riga;f;333 555 4403;Groseto;tanti;hourly;"]);
    await comes(/Alcune righe non vanno/);
    await one.sends(one.on("main form[action$='/load'] button[value=good]"));
    await comes("Il file è stato caricato.");
  });

  await step("the tour is gone through, and said to be enough", async () => {
    await one.opens("/");
    await one.follows(one.on(".dom-tour a"));
    await one.follows(one.on("main ol a").first());
    await one.opens("/tour");
    await one.sends(one.on("main form[action='/tour/done'] button"));
    assert.equal(await one.on(".dom-tour").count(), 0);
  });

  await step("a filter is kept under a name and taken away", async () => {
    await one.opens("/workers?status=active");
    await one.follows(one.on("main a[href^='/filters/new']"));
    await one.sends(one.on("main form[action='/filters/new'] button"), 422);
    await one.fills({ name: "Chi cerca", shared: "all" });
    await one.sends(one.on("main form[action='/filters/new'] button"));
    await other.opens("/workers");
    await other.follows(other.on("main nav a:has-text('Chi cerca')"));
    await one.sends(one.on("main form[action$='/remove'] button").first());
  });

  await step("lists are searched and taken away", async () => {
    for (const section of ["workers", "families", "requests"]) {
      await one.opens(`/${section}`);
      await one.fills({ words: "senzascript" });
      await one.sends(one.on(`form[action="/${section}/search"] button`));
      await one.says(/Senzascript/);
      for (const format of ["csv", "xlsx"]) {
        const name = await one.takes(one.on(`form[action="/${section}/export"] button[value=${format}]`));
        assert.match(name, new RegExp(`^${section}-.*\\.${format}$`));
      }
    }
  });

  await step("whoever fits is chosen", async () => {
    await one.opens("/requests");
    const open = await one.on("main a[href$='/match']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    for (const path of open) {
      await one.opens(path).catch(() => undefined);
      if ((await one.on("main form .dom-cards input[type=checkbox]").count()) > 0) break;
    }
    const address = new URL(one.page.url()).pathname;
    const choose = async (button) => {
      await one.opens(address);
      await one.on("main form .dom-cards input[type=checkbox]").first().check();
      await one.sends(one.on(button).first());
    };
    await choose("main form button[type=submit]:not([formaction])");
    await choose("main form button[formaction]");
  });

  await step("a time at the desk is booked, moved and called off", async () => {
    for (const [path, purpose] of [[`/workers/${codes.worker}`, "renewal"], [`/families/${codes.family}`, "request"]]) {
      const book = one.does("book");
      await one.opens(path);
      await one.follows(one.on(`main a[href="${path}/appointment"]`));
      await one.sends(book, 422);
      await one.fills({ purpose });
      await one.sends(book, 422);
      assert.equal(await one.on("#purpose").inputValue(), purpose);
      for (const time of [0, 1]) {
        await one.fills({ purpose });
        await one.on("main input[name=begin]").nth(time).check();
        await one.sends(book);
        await one.opens(`${path}/appointment`);
        assert.equal(await one.does("off").count(), 1, "one time is theirs");
      }
      await one.sends(one.does("off"));
      await one.opens(`${path}/appointment`);
      assert.equal(await one.does("off").count(), 0);
    }
  });

  await step("what people may ask of their data: a copy, that it is not used, that it goes", async () => {
    for (const path of [`/workers/${codes.third}`, `/families/${codes.familyThird}`]) {
      const code = path.split("/").at(-1);
      await one.opens(path);
      await one.follows(one.on(`main a[href="${path}/rights"]`));
      assert.equal(await one.takes(one.does("export")), `${code}.zip`);
      await one.sends(one.does("restrict"), 422);
      await one.fills({ reason: "objection" });
      await one.sends(one.does("restrict"));
      await one.sends(one.does("lift"));
      await one.sends(one.does("look"));
      await one.fills({ typed: "W-999999" });
      await one.sends(one.does("erase"), 422);
      assert.equal(await one.on("#typed").inputValue(), "W-999999");
      await one.fills({ typed: code });
      await one.sends(one.does("erase"));
      const gone = await one.page.goto(`${program.origin}${path}`);
      assert.ok(gone.status() >= 400, `${path} is gone`);
    }
  });

  await step("the papers come in the languages that have them", async () => {
    await one.opens("/paper");
    const papers = await one.on("main a[href^='/paper/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.ok(papers.length >= 4, papers.join(" "));
    const paper = await one.context.request.get(program.origin + papers[0]);
    assert.equal(paper.headers()["content-type"], "application/pdf");
  });

  await step("every list of the home page opens", async () => {
    for (const whose of ["mine", "desk", "all"]) {
      await one.opens(`/?whose=${whose}`);
      const more = await one.on("main section a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      for (const path of new Set(more)) await one.opens(path);
    }
    await one.opens("/waiting/unconfirmed?whose=all");
    await one.fills({ words: "senzascript" });
    await one.sends(one.on("main form[action$='/search'] button"));
    assert.doesNotMatch(one.page.url(), /senzascript/, "no name stands in an address");
    assert.equal(await one.on("#words").inputValue(), "senzascript");
  });

  await step("the language is another, and one goes home", async () => {
    for (const [language, person] of [["en", one], ["it", one]]) {
      await person.opens("/");
      await person.sends(person.on(`form[action="/language"] button[value=${language}]`));
    }
    assert.deepEqual([...one.watched.take(), ...other.watched.take()], []);
  });

  // What else the pages show, as the route table's samples have it.
  for (const person of [one, other]) {
    for (const path of table.filter(({ method }) => method === "GET").flatMap(({ samples }) => samples)) {
      const { pathname } = new URL(path, program.origin);
      if (!PAGES.test(pathname) || NOT_HERE.test(pathname)) continue;
      const answer = await person.page.goto(program.origin + path).catch(() => undefined);
      if (answer?.status() === 200) await person.looks();
    }
    await person.opens("/");
    await person.sends(person.on("header form[action='/sign-out'] button"));
  }
  await one.context.close();
  await other.context.close();

  const never = [...shown].filter(([form]) => !sent.has(form)).map(([form, where]) => `${form} (on ${where})`);
  t.diagnostic(`${shown.size} forms and buttons shown, ${sent.size} sent`);
  assert.deepEqual(never, [], "forms that were shown and never sent");
  assert.ok(shown.size >= 60, `${shown.size} forms were seen`);
});
