// A browser that remembers the log, and a server whose history goes on, is set back, is written anew, and comes back. The
// attack is the real one: database and ledger folder are both replaced by older copies, so that the server notices nothing.
//
//   DEMO_BIN=target/debug/hadir CHROMIUM=/usr/bin/chromium node e2e/log.mjs
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SIZES, check, finish, holds, inspect, launch, open, same } from "./checks.mjs";

const program = process.env.DEMO_BIN;
const scratch = mkdtempSync(join(tmpdir(), "hadir-e2e-log-"));
const here = join(scratch, "server");
mkdirSync(here);

// ---- the server: always at the same address, so that the browser knows it again
const port = await new Promise((found) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port: free } = probe.address();
    probe.close(() => found(free));
  });
});
const base = `http://127.0.0.1:${port}`;
const surroundings = {
  PATH: process.env.PATH, HADIR_DATABASE_URL: `sqlite:${join(here, "hadir.db")}`, HADIR_LOG: "error",
  HADIR_LISTEN: `127.0.0.1:${port}`, HADIR_TERMINAL_LISTEN: "127.0.0.1:0",
};
let server;
async function start() {
  server = spawn(program, ["serve"], { cwd: here, stdio: ["ignore", "ignore", "inherit"], env: surroundings });
  for (let tries = 0; tries < 600; tries += 1) {
    if (await fetch(`${base}/healthz`).then((answer) => answer.ok, () => false)) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error("the server does not answer");
}
async function stop() {
  const ended = new Promise((done) => server.on("exit", done));
  server.kill("SIGTERM");
  await ended;
}
/** Runs a command of the program; its output. */
function hadir(...args) {
  const ran = spawnSync(program, args, { cwd: here, encoding: "utf8", env: surroundings });
  if (ran.status !== 0) throw new Error(`hadir ${args.join(" ")}: ${ran.stderr}`);
  return ran.stdout;
}
/** Adds records to the log: while the server is stopped, published when it starts. */
let recorded = 0;
function record(count) {
  for (let n = 0; n < count; n += 1) {
    recorded += 1;
    // A month without national holidays.
    const day = `2026-07-${String(recorded).padStart(2, "0")}`;
    hadir("calendar", "add", day, "--name", `Hari ${recorded}`, "--basis", "Kep. Bupati 1/2026", "--reason", "percobaan");
  }
}
const copy = (from, to) => { rmSync(to, { recursive: true, force: true }); cpSync(from, to, { recursive: true }); };

const browser = await launch();
const context = await browser.newContext({ viewport: SIZES.desktop });
const page = await open(context);
/** Opens the page of the log; what the script made of it. */
async function visit(path = "/log") {
  await page.goto(base + path);
  if (path !== "/log") return null;
  await page.waitForSelector('[data-log-memory]:not([data-log-memory=""])');
  return page.getAttribute("[data-log-memory]", "data-log-memory");
}
const remembered = () => page.evaluate(() => JSON.parse(localStorage.getItem("hadir-log /log/1/")).note);
const published = async () => (await fetch(`${base}/log/1/checkpoint`)).text();

// ---- mirrors
record(3);
await start();
await check("a mirror made over HTTP with a plain client stands hadir verify log", async () => {
  const mirror = join(scratch, "mirror");
  const get = async (path) => {
    const answer = await fetch(`${base}/log/1/${path}`);
    same(answer.status, 200, path);
    mkdirSync(dirname(join(mirror, path)), { recursive: true });
    writeFileSync(join(mirror, path), Buffer.from(await answer.arrayBuffer()));
  };
  await get("checkpoint");
  const size = Number(readFileSync(join(mirror, "checkpoint"), "utf8").split("\n")[1]);
  for (const shelf of ["entries", "0"]) await get(`tile/${shelf}/000.p/${size}`);
  const key = (await (await fetch(`${base}/log/1/vkey`)).text()).trim();
  holds(hadir("verify", "log", mirror, "--key", key), `${size} entries, every one as it was signed`);
});

// ---- an honest history
await check("the first visit begins to remember", async () => {
  same(await visit(), "first", "outcome");
  holds(await page.textContent("[data-log-memory]"), "Tanda tangan benar");
  same(await remembered(), await published(), "what is remembered");
  same(await visit(), "same", "the second visit");
});
for (const size of Object.keys(SIZES)) {
  await check(`the page of the log, ${size}`, async () => {
    await page.setViewportSize(SIZES[size]);
    await visit();
    await inspect(page, `log-${size}`);
  });
}
await check("the sheet for the notice board is one page", async () => {
  const pdf = (await page.pdf({ preferCSSPageSize: true, path: join(scratch, "papan.pdf") })).toString("latin1");
  same(pdf.match(/\/Type\s*\/Page\b/g).length, 1, "pages");
  copy(join(scratch, "papan.pdf"), "target/e2e/papan.pdf");
});
await stop();
copy(here, join(scratch, "backup"));
record(4);
await start();
let proved;
await check("growth is proved and remembered", async () => {
  same(await visit(), "grew", "outcome");
  proved = await published();
  same(await remembered(), proved, "what is remembered");
  same(await page.$(".alarm"), null, "a warning");
});
await stop();
copy(here, join(scratch, "truth"));

// ---- a history that was changed
async function warned(outcome, shown, sentence) {
  same(await visit(), outcome, "outcome");
  const text = await page.textContent(".alarm[role=alert]");
  for (const part of ["Riwayat log tidak cocok", sentence, "kirim ke Inspektorat"]) holds(text, part);
  same(await remembered(), proved, "what is remembered");
  const files = [];
  for (const link of await page.$$(".alarm a[download]")) {
    const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
    files.push(readFileSync(await file.path(), "utf8"));
  }
  same(JSON.stringify(files), JSON.stringify([proved, shown]), "the evidence");
  // A program that trusts neither server nor browser comes to the same.
  const [kept, key] = [join(scratch, "diingat.txt"), (await (await fetch(`${base}/log/1/vkey`)).text()).trim()];
  writeFileSync(kept, files[0]);
  const judged = spawnSync(program, ["verify", "log", join(here, "ledger", "1"), "--key", key, "--kept", kept], { encoding: "utf8" });
  same(judged.status, 1, "hadir verify log");
  holds(judged.stdout, outcome === "shrank" ? "the log shrank" : "history was rewritten");
  await visit("/masuk");
  await page.waitForSelector(".alarm");
}
copy(join(scratch, "backup"), here);
await start();
await check("a server that was set back is found out", async () => {
  await warned("shrank", await published(), "menyusut");
});
for (const size of Object.keys(SIZES)) {
  await check(`the warning, ${size}`, async () => {
    await page.setViewportSize(SIZES[size]);
    await visit();
    await inspect(page, `log-peringatan-${size}`);
  });
}
await stop();
record(9);
await start();
await check("a history that was written anew and is longer is found out", async () => {
  await warned("rewritten", await published(), "bukan kelanjutan");
});
await stop();

// ---- and the right one again
copy(join(scratch, "truth"), here);
record(1);
await start();
await check("when the true history is back the warning ends and the evidence stays", async () => {
  same(await visit(), "grew", "outcome");
  same(await page.$(".alarm"), null, "a warning");
  same(await page.$$eval("a[download]", (all) => all.length), 4, "links to evidence");
});
await check("who knows why the log was replaced may begin anew, and the evidence stays", async () => {
  await stop();
  copy(join(scratch, "backup"), here);
  await start();
  same(await visit(), "shrank", "outcome");
  await Promise.all([page.waitForNavigation(), page.click("[data-log-anew]")]);
  await page.waitForSelector('[data-log-memory="same"]');
  same(await page.$(".alarm"), null, "a warning");
  same(await remembered(), await published(), "what is remembered");
  same(await page.$$eval("a[download]", (all) => all.length), 6, "links to evidence");
});
await check("another key over the same history is for people to judge", async () => {
  await stop();
  hadir("account", "add", "ani", "--name", "Ani", "--role", "bkpsdm");
  hadir("log", "rotate-key", "--reason", "pergantian tahunan", "--by", "ani", "--confirm", "hadir.local/log/1");
  await start();
  same(await visit(), "new-key", "outcome");
  const text = await page.textContent(".alarm.warn");
  for (const part of ["Riwayat log cocok", "kunci lain", "tidak diumumkan"]) holds(text, part);
  await inspect(page, "log-kunci-desktop");
  await Promise.all([page.waitForNavigation(), page.click("[data-log-anew]")]);
  await page.waitForSelector('[data-log-memory="same"]');
  holds(await page.textContent("[data-log-memory]"), "Tanda tangan benar");
});
await check("without scripts the page tells what to compare", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const other = await plain.newPage();
  await other.goto(`${base}/log`);
  holds(await other.textContent("body"), "Bandingkan sidik");
  await plain.close();
});
await stop();
await browser.close();
rmSync(scratch, { recursive: true, force: true });
finish();
