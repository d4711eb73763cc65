// Opens every page of the gallery in Chromium, as a phone and as a desktop, and checks what a person would trip over:
// sideways scrolling, accessibility (axe), anything the content security policy blocks, script errors.
//
//   cargo run -p hadir-web --example gallery -- OUTDIR && node e2e/gallery.mjs OUTDIR [--shots DIR] [--only NAME]
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { launch, serve } from "./browser.mjs";

const [, , folder, ...rest] = process.argv;
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : null);
if (!folder) throw new Error("usage: node gallery.mjs OUTDIR [--shots DIR] [--only NAME]");
const shots = option("--shots"), only = option("--only");
if (shots) mkdirSync(shots, { recursive: true });

// axe runs on both sizes in Bahasa Indonesia; English has the same markup, so only its widths are checked.
const VIEWS = [
  { lang: "id", size: "phone", viewport: { width: 360, height: 800 }, axe: true },
  { lang: "id", size: "desktop", viewport: { width: 1366, height: 900 }, axe: true },
  { lang: "en", size: "phone", viewport: { width: 360, height: 800 }, axe: false },
];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const faults = [];
let checked = 0;

const server = await serve(folder);
const browser = await launch();
try {
  for (const view of VIEWS) {
    const page = await browser.context.newPage();
    await page.setViewportSize(view.viewport);
    let at = "";
    page.on("console", (line) => { if (line.type() === "error") faults.push(`${at}: ${line.text()}`); });
    page.on("pageerror", (error) => faults.push(`${at}: ${error.message}`));
    const names = readdirSync(join(folder, view.lang)).filter((name) => name.endsWith(".html") && (!only || name.startsWith(only)));
    for (const name of names) {
      at = `${view.lang}/${name} ${view.size}`;
      await page.goto(`${server.base}/${view.lang}/${name}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) faults.push(`${at}: ${wide} px wider than the screen`);
      if (view.axe) {
        // axe comes in through the debugger, which the policy of the page does not bind.
        await page.evaluate(axe);
        const { violations } = await page.evaluate((tags) => window.axe.run({ runOnly: tags, resultTypes: ["violations"] }), RULES);
        for (const { id, impact, nodes } of violations)
          faults.push(`${at}: ${id} (${impact}) ${nodes.length}x ${nodes[0].html.slice(0, 140)} | ${nodes[0].failureSummary.split("\n")[1]}`);
      }
      if (shots) await page.screenshot({ path: join(shots, `${view.lang}-${name.replace(".html", "")}-${view.size}.png`), fullPage: true });
      checked += 1;
    }
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
for (const fault of faults) console.error(fault);
console.log(`${checked} views checked, ${faults.length} faults`);
process.exit(faults.length || !checked ? 1 : 0);
