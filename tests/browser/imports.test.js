// A desk's own file in a real browser: its columns said once, tried, confirmed, loaded
// while the page looks again by itself; the same with scripts off; a list taken away;
// the home page and the papers. Each step sound at both widths.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { accessibility, htmlChecker, launch, outFolder, overflow, picture, watch } from "./browser.js";
import { demo } from "./program.js";
import { enter } from "./site.js";

const WIDE = { width: 1366, height: 900 };
const NARROW = { width: 320, height: 640 };
const TELEPHONE = { width: 360, height: 740 };

const out = outFolder("imports");
const html = htmlChecker(out);
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

async function signedIn(role, options = {}) {
  const context = await browser.newContext({ locale: "it-IT", viewport: WIDE, reducedMotion: "reduce", ...options });
  const watched = await watch(context, program.origin);
  const page = await context.newPage();
  await enter(page, program, role);
  return { context, watched, page };
}

/** What is wrong with the page as it stands, at both widths. */
async function findings(page, watched, name) {
  html.save(name, await page.content());
  const wrong = [...watched.take()];
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    wrong.push(...(await accessibility(page)).map((finding) => `${name} at ${size.width} px, ${finding}`));
    wrong.push(...(await overflow(page)).map((element) => `${name} wider than ${size.width} px: ${element}`));
  }
  for (const size of [TELEPHONE, WIDE]) {
    await page.setViewportSize(size);
    await picture(page, join(out, `${name}-${size.width}.png`));
  }
  watched.take(); // What the checker itself loads is not the page's.
  return wrong;
}

function file(phone, name = "Prova") {
  const text = [
    "Nome;Cognome;Sesso;Cell.;Residenza;Distanza massima;Tipo di lavoro;Note",
    `${name};Caricata;f;333 555 ${phone};Grosseto;20;hourly;la sera`,
    `Sbagliata;Riga;f;333 555 ${phone}1;Groseto;tanti;hourly;`,
  ].join("\n");
  return { name: "elenco.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
}

async function handIn(page, phone, name) {
  await page.goto(`${program.origin}/imports?kind=workers`);
  assert.equal(await page.locator("#kind").inputValue(), "workers");
  await page.locator("#file").setInputFiles(file(phone, name));
  await page.getByRole("button", { name: "Leggi il file" }).click();
}

test("a file is loaded with scripts on, and the page looks again by itself", async () => {
  const { context, watched, page } = await signedIn("operator");
  const wrong = [];
  await page.goto(`${program.origin}/imports`);
  wrong.push(...(await findings(page, watched, "begin")));
  await page.getByRole("button", { name: "Leggi il file" }).click();
  await page.locator(".dom-errors").waitFor();
  assert.match(await page.title(), /^Errore:/);
  wrong.push(...(await findings(page, watched, "no-file")));
  await handIn(page, "0901");
  await page.getByRole("heading", { name: "Che cosa c’è in ogni colonna" }).waitFor();
  wrong.push(...(await findings(page, watched, "columns")));
  await page.locator("#column-1").selectOption("family_name");
  await page.getByRole("button", { name: "Leggi il file così" }).click();
  await page.locator(".dom-errors").waitFor();
  wrong.push(...(await findings(page, watched, "columns-twice")));
  await page.locator("#column-1").selectOption("given_name");
  await page.getByRole("button", { name: "Leggi il file così" }).click();
  // Nobody touches the page: it comes to its end by itself.
  await page.getByRole("heading", { name: /Alcune righe non vanno/ }).waitFor({ timeout: 30_000 });
  wrong.push(...(await findings(page, watched, "checked")));
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /Scarica il risultato/ }).click();
  assert.match((await download).suggestedFilename(), /^dom-import-\d+\.csv$/);
  await page.getByRole("button", { name: "Carica solo le righe giuste" }).dblclick();
  await page.getByRole("heading", { name: "Il file è stato caricato." }).waitFor({ timeout: 30_000 });
  assert.match(await page.locator("main").innerText(), /aggiunte 1/);
  wrong.push(...(await findings(page, watched, "loaded")));
  await page.goto(`${program.origin}/imports`);
  wrong.push(...(await findings(page, watched, "begin-many")));
  await context.close();
  assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
});

test("a file is loaded with scripts off, its columns known by now", async () => {
  const { context, watched, page } = await signedIn("operator", { javaScriptEnabled: false });
  await handIn(page, "0902", "Diversa");
  const checked = page.getByRole("heading", { name: /Alcune righe non vanno/ });
  // Without scripts the head says when to look again; a person may press the link.
  await checked.waitFor({ timeout: 30_000 });
  await page.getByRole("button", { name: "Carica solo le righe giuste" }).click();
  await page.getByRole("heading", { name: "Il file è stato caricato." }).waitFor({ timeout: 30_000 });
  assert.match(await page.locator("main").innerText(), /aggiunte 1/);
  await page.goBack();
  await page.goto(`${program.origin}/imports`);
  await page.getByRole("link", { name: "elenco.csv" }).first().click();
  await page.getByRole("button", { name: "Butta via il risultato" }).click();
  assert.match(await page.locator("main [role=status]").innerText(), /non resta nulla/);
  assert.deepEqual(watched.take(), []);
  await context.close();
});

test("a list leaves as it is seen", async () => {
  const { context, page } = await signedIn("operator");
  await page.goto(`${program.origin}/workers?status=active`);
  for (const [button, name] of [["Scarica l’elenco (CSV)", /^workers-.*\.csv$/], ["Scarica l’elenco (XLSX)", /^workers-.*\.xlsx$/]]) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: button }).click();
    assert.match((await download).suggestedFilename(), name);
  }
  await context.close();
});

test("home, its long lists and the papers are sound", async () => {
  const { context, watched, page } = await signedIn("operator");
  const wrong = [];
  for (const [name, path] of [["home", "/?whose=all"], ["waiting", "/waiting/unconfirmed?whose=all"], ["waiting-none", "/waiting/paused-workers?whose=mine"], ["paper", "/paper"]]) {
    await page.goto(program.origin + path);
    wrong.push(...(await findings(page, watched, name)));
  }
  await context.close();
  assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
});

test("every page of files and papers is valid HTML", () => {
  const found = html.findings();
  assert.equal(found.length, 0, `\n${found.join("\n")}`);
});
