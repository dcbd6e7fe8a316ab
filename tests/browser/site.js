// The site's own ways, for the tests: how one signs in.

/** Signs in by the form, as one of the roles that the demonstration made. */
export async function enter(page, program, role) {
  const account = program.signIns[role];
  await page.goto(`${program.origin}/sign-in`);
  await page.locator("#email").fill(account.email);
  await page.locator("#password").fill(account.password);
  await page.locator("main button[type=submit]").click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}
