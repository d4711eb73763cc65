// Drives the real program in Chromium: starts the demo, logs in as each role, walks through every page of the menu as a
// phone and as a desktop, and does the work of a clerk. Pictures of every screen land below target/e2e/.
//
//   DEMO_BIN=target/debug/hadir CHROMIUM=/usr/bin/chromium node e2e/run.mjs
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SIZES, check, finish, holds, inspect, launch, open, same } from "./checks.mjs";

// ---- the program under test
const demo = spawn(process.env.DEMO_BIN, ["demo", "--listen", "127.0.0.1:0", "--terminal-listen", "127.0.0.1:0", "--people", "240"],
  { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, HADIR_LOG: "warn" } });
const accounts = new Map();
const base = await new Promise((found, lost) => {
  let text = "";
  demo.stdout.on("data", (chunk) => {
    text += chunk;
    if (!text.includes("Ctrl-C ends")) return;
    for (const line of text.split("\n")) {
      const [, role, login, passphrase] = line.match(/^ {2}(\S.*?) {2,}(\S+) +([a-z]+-[a-z]+-[a-z]+-[a-z]+) /) ?? [];
      if (role) accounts.set(role, { login, passphrase });
    }
    found(text.match(/http:\/\/127\.0\.0\.1:\d+/)[0]);
  });
  demo.on("exit", (code) => lost(new Error(`the demo ended with ${code}`)));
});

const scratch = mkdtempSync(join(tmpdir(), "hadir-e2e-"));
const browser = await launch();

async function visitor(role, size) {
  const context = await browser.newContext({ viewport: SIZES[size] });
  const page = await open(context);
  if (role) {
    const { login, passphrase } = accounts.get(role);
    await page.goto(`${base}/masuk`);
    await page.fill("#nip", login);
    await page.fill("#sandi", passphrase);
    await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/masuk")), page.click("form.card button")]);
  }
  return page;
}

// ---- the login page
for (const size of Object.keys(SIZES)) {
  await check(`login page, ${size}`, async () => {
    const page = await visitor(null, size);
    await page.goto(base);
    holds(await page.textContent("body"), "Kabupaten Contoh");
    await inspect(page, `masuk-${size}`);
    await page.context().close();
  });
}
await check("a wrong passphrase is refused with the tries left", async () => {
  const page = await visitor(null, "phone");
  await page.goto(`${base}/masuk`);
  await page.fill("#nip", accounts.get("Auditor").login);
  await page.fill("#sandi", "bukan-kata-sandi-saya");
  await page.click("form.card button");
  holds(await page.textContent("body"), "4");
  await page.context().close();
});

// ---- every page of every role's menu
for (const role of accounts.keys()) {
  for (const size of Object.keys(SIZES)) {
    const page = await visitor(role, size);
    const links = await page.$$eval("nav a[href^='/']", (all) => [...new Set(all.map((a) => a.getAttribute("href")))]);
    for (const href of links.filter((h) => !h.includes("#"))) {
      const slug = `${role}-${href.replace(/\W+/g, "-")}-${size}`.replaceAll(" ", "_");
      await check(`${role} ${href} ${size}`, async () => {
        const response = await page.goto(base + href);
        same(response.status(), 200, "status");
        await inspect(page, slug);
      });
    }
    await page.context().close();
  }
}

// ---- a clerk's work
await check("a clerk opens an absence, records a letter and sees it in the sheet", async () => {
  const page = await visitor("Admin OPD", "desktop");
  const month = await lastMonth(page);
  await page.goto(`${base}/rekap/DISDIK/${month}/`);
  const absent = await page.$("table td.k a, table td.k");
  if (!absent) throw new Error("no absence in the sheet to settle");
  const link = await page.$eval("table td.k a", (a) => a.getAttribute("href"));
  await page.goto(`${base}/rekap/DISDIK/${month}/${link}`);
  await inspect(page, "hari-tk-desktop");
  await page.selectOption("#k-kode", "DL");
  await page.fill("#k-surat", "800/123/2026");
  await Promise.all([page.waitForLoadState("load"), page.click(".form form button")]);
  holds(await page.textContent("body"), "800/123/2026");
  await page.goto(`${base}/rekap/DISDIK/${month}/`);
  same(await page.$(`table td.k a[href="${link}"]`), null, "the red TK");
  const [file] = await Promise.all([page.waitForEvent("download"), page.evaluate(() => document.querySelector("a[href='x2.xlsx']").click())]);
  holds(file.suggestedFilename(), "Rekap_Presensi_");
  await page.context().close();
});
await check("an employee reads the own card and why a rupiah was cut", async () => {
  const page = await visitor("Pegawai", "phone");
  await page.goto(`${base}/kartu`);
  await inspect(page, "kartu-phone");
  await page.context().close();
});
await check("an employee saves the receipt of a punch, and it holds without the server", async () => {
  const page = await visitor("Pegawai", "phone");
  await page.goto(`${base}/kartu`);
  if (!(await page.$("a[data-day]"))) await page.click(".stepper a");
  await page.goto(base + (await page.getAttribute("a[data-day]", "href")));
  await page.click(".punches a");
  holds(await page.textContent("#bukti"), "Sudah tercatat di log");
  await inspect(page, "bukti-phone");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("a[download]")]);
  const saved = join(scratch, "bukti.tlog-proof");
  await file.saveAs(saved);
  const key = (await (await fetch(`${base}/log/1/vkey`)).text()).trim();
  const said = spawnSync(process.env.DEMO_BIN, ["verify", "receipt", saved, "--key", key], { encoding: "utf8" });
  same(said.status, 0, `hadir verify receipt ${said.stderr}`);
  holds(said.stdout, "is a punch, entered in the log at");
  await page.context().close();
});
await check("English is one press away", async () => {
  const page = await visitor("Admin OPD", "desktop");
  await page.goto(`${base}/rekap`);
  await Promise.all([page.waitForLoadState("load"), page.click("form.lang button")]);
  same(await page.getAttribute("html", "lang"), "en", "language");
  await page.context().close();
});
await check("the month sheet works without scripts", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: SIZES.phone });
  const page = await context.newPage();
  const { login, passphrase } = accounts.get("Admin OPD");
  await page.goto(`${base}/masuk`);
  await page.fill("#nip", login);
  await page.fill("#sandi", passphrase);
  await page.click("form.card button");
  await page.goto(`${base}/rekap`);
  holds(await page.content(), "</table>");
  await context.close();
});

async function lastMonth(page) {
  await page.goto(`${base}/tpp`);
  return page.url().match(/\d{4}-\d{2}/)[0];
}

// ---- the end
await browser.close();
rmSync(scratch, { recursive: true, force: true });
demo.removeAllListeners("exit");
demo.kill("SIGINT");
const code = await new Promise((done) => demo.on("exit", (status, signal) => done(status ?? signal)));
await check("Ctrl-C ends the demo cleanly", () => same(code, 0, "exit status"));
finish();
