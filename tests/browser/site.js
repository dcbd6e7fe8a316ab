// The site's own ways, for the tests: how one signs in.

import { createHmac } from "node:crypto";

/** Signs in by the form, as one of the roles that the demonstration made. */
export async function enter(page, program, role) {
  const account = program.signIns[role];
  await page.goto(`${program.origin}/sign-in`);
  await page.locator("#email").fill(account.email);
  await page.locator("#password").fill(account.password);
  await page.locator("main button[type=submit]").click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** The code of a secret in letters at this moment, as RFC 6238 has it: SHA-1, six digits, half minutes. */
function codeOf(secret) {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const cut = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(cut % 1_000_000).padStart(6, "0");
}

/** Sets up the second step of signing in, where a new administrator is led to it. */
export async function secondStep(page, program) {
  await page.goto(`${program.origin}/account/factor`);
  await page.locator("form[action='/account/factor/begin'] button").click();
  const secret = await page.locator("#secret").innerText();
  await page.locator("#code").fill(codeOf(secret.replaceAll(/\s/g, "")));
  await page.locator("form[action='/account/factor/confirm'] button").click();
  await page.locator(".dom-codes").waitFor();
}
