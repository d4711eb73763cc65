// Opens every page of the gallery in Chromium, as a phone and as a desktop, and checks what a person would trip over:
// sideways scrolling, accessibility (axe), anything the content security policy blocks, script errors.
//
//   cargo run -p hadir-web --example gallery -- OUTDIR && node e2e/gallery.mjs OUTDIR [--shots DIR] [--only NAME]
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, extname } from "node:path";
import { chromium } from "playwright-core";

const [, , folder, ...rest] = process.argv;
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : null);
if (!folder) throw new Error("usage: node gallery.mjs OUTDIR [--shots DIR] [--only NAME] [--lang id|en]");
const root = resolve(folder), shots = option("--shots"), only = option("--only"), langs = [option("--lang") ?? ["id", "en"]].flat();
if (shots) mkdirSync(shots, { recursive: true });

// The policy that the server sends; the pages must live under it.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
  + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  try {
    const body = readFileSync(join(root, path.replaceAll("..", "")));
    response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "text/plain", "Content-Security-Policy": POLICY });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}`;

const profile = mkdtempSync(join(tmpdir(), "hadir-gallery-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SIZES = { phone: { width: 360, height: 800 }, desktop: { width: 1366, height: 900 } };
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const faults = [];
let checked = 0;

try {
  for (const lang of langs) {
    const names = readdirSync(join(root, lang)).filter((n) => n.endsWith(".html") && (!only || n.startsWith(only)));
    for (const [size, viewport] of Object.entries(SIZES)) {
      const page = await browser.newPage();
      await page.setViewportSize(viewport);
      let at = "";
      page.on("console", (line) => { if (line.type() === "error") faults.push(`${at}: ${line.text()}`); });
      page.on("pageerror", (error) => faults.push(`${at}: ${error.message}`));
      for (const name of names) {
        at = `${lang}/${name} ${size}`;
        await page.goto(`${base}/${lang}/${name}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) faults.push(`${at}: ${wide} px wider than the screen`);
        // axe comes in through the debugger, which the policy of the page does not bind.
        await page.evaluate(axe);
        const result = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), TAGS);
        for (const v of result.violations)
          faults.push(`${at}: ${v.id} (${v.impact}) ${v.nodes.length}x ${v.nodes[0].html.slice(0, 140)} | ${v.nodes[0].failureSummary.split("\n")[1]}`);
        if (shots) await page.screenshot({ path: join(shots, `${lang}-${name.replace(".html", "")}-${size}.png`), fullPage: true });
        checked += 1;
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
console.log(`${checked} views checked, ${faults.length} faults`);
process.exit(faults.length || !checked ? 1 : 0);
