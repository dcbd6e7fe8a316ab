// Starts the built program as a person would (`dom demo`), reads what it prints,
// and stops it again. Knows nothing of pages.

import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/** The first of these commands that the system has; names the tool when none is there. */
export function tool(names, packageName) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder: the next may have it.
      }
    }
  }
  throw new Error(`${names[0]} is missing: install the package ${packageName}`);
}

function binary() {
  const path = process.env.TEST_DOM_BIN;
  if (!path) throw new Error("TEST_DOM_BIN must name the built program");
  accessSync(path, constants.X_OK);
  return path;
}

/** The program refuses variables it doesn't know, and the tests' own are none of its business. */
function environment(extra) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(DOM|TEST)_/.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

/** The route table: method, path, roles and sample addresses of every route. */
export function routes() {
  const run = spawnSync(binary(), ["routes", "--json"], { env: environment({}), encoding: "utf8", timeout: START_LIMIT_MS });
  if (run.status !== 0) throw new Error(`dom routes --json ended with ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

const ROLES = {
  administrator: /administrator|amministrat/i,
  operator: /operator|operat(ore|rice)/i,
  partner: /partner|ente/i,
  reader: /reader|lett(ore|rice)|lettura/i,
};

/** `operator  ada@prova.example  secret words` and the like, in any column order before the address. */
function signIn(line) {
  const found = line.match(/^(.*?)([\w.+-]+@[\w.-]+)\s+(\S+)\s*(.*)$/);
  if (!found) return undefined;
  const [, before, email, password, after] = found;
  const role = Object.keys(ROLES).find((name) => ROLES[name].test(before) || ROLES[name].test(after));
  return role && { role, email, password };
}

/** Starts the program; what it writes, and how it is ended. */
function started(verb, extra) {
  const began = performance.now();
  const child = spawn(binary(), [verb], { env: environment({ DOM_BIND: "127.0.0.1:0", ...extra }), stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (log = (log + text).slice(-20_000)));
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  return {
    child,
    log: () => log,
    /** Resolves to what `found` gives on one of the lines of a stream; ends the program where it never does. */
    async says(stream, found) {
      try {
        return await new Promise((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`dom ${verb} printed no address in ${START_LIMIT_MS} ms\n${log}`)), START_LIMIT_MS);
          ended.then(({ code, signal }) => reject(new Error(`dom ${verb} ended (${code ?? signal}) before it was up\n${log}`)));
          createInterface({ input: stream }).on("line", (line) => {
            const value = found(line);
            if (!value) return;
            clearTimeout(timer);
            resolve(value);
          });
        });
      } catch (error) {
        child.kill("SIGKILL");
        throw error;
      }
    },
    startedInMs: () => Math.round(performance.now() - began),
    /** Ends the program as an operator would; resolves to its exit code. */
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
      const { code, signal } = await ended;
      clearTimeout(timer);
      return code ?? signal;
    },
  };
}

/** A running demonstration: `origin`, `signIns` (one a role), `startedInMs`, `stop()`. */
export async function demo() {
  const program = started("demo");
  let origin;
  const signIns = {};
  await program.says(program.child.stdout, (line) => {
    origin ??= line.match(/https?:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+/)?.[0];
    const account = signIn(line);
    if (account) signIns[account.role] ??= account;
    return origin && Object.keys(signIns).length === Object.keys(ROLES).length;
  });
  await answering(origin);
  return { origin, signIns, startedInMs: program.startedInMs(), log: program.log, stop: program.stop };
}

/**
 * A new installation with one administrator, at a desk, and these files loaded
 * (`[["workers", text], …]`): `origin`, `door` (the path of the one-time link that sets
 * the password), `stop()`.
 */
export async function installation(files = []) {
  const folder = mkdtempSync(join(tmpdir(), "dom-installation-"));
  const place = { DOM_DATA_DIR: join(folder, "data") };
  const run = (...words) => {
    const done = spawnSync(binary(), words, { env: environment(place), encoding: "utf8", timeout: START_LIMIT_MS });
    if (done.status !== 0) throw new Error(`dom ${words.join(" ")} ended with ${done.status}: ${done.stdout}${done.stderr}`);
    return done.stdout;
  };
  const link = run("user", "add", "prima@prova.example", "--role", "administrator", "--desk", "grosseto");
  for (const [table, text] of files) {
    const path = join(folder, `${table}.csv`);
    writeFileSync(path, text);
    run("import", table, path);
  }
  const program = started("serve", place);
  const origin = `http://${await program.says(program.child.stderr, (line) => line.match(/127\.0\.0\.1:\d+/)?.[0])}`;
  await answering(origin);
  return {
    origin,
    door: link.match(/\/password\/\S+/)[0],
    async stop() {
      const code = await program.stop();
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

async function answering(origin) {
  const limit = performance.now() + START_LIMIT_MS;
  for (;;) {
    try {
      const answer = await fetch(`${origin}/health`);
      if (answer.ok) return;
      throw new Error(`/health answered ${answer.status}`);
    } catch (error) {
      if (performance.now() > limit) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
