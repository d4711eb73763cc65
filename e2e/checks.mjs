// What the programs here share: counting checks, looking at a page with axe, and the browser.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const shots = join(dirname(fileURLToPath(import.meta.url)), "..", "target", "e2e");
mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const SIZES = { phone: { width: 360, height: 800 }, desktop: { width: 1366, height: 900 } };

let passed = 0;
const failures = [];

/** Runs `body` and counts it; what it throws is the failure. */
export async function check(name, body) {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failures.push(`${name}: ${error.message.split("\n")[0]}`);
  }
}

export function same(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

export function holds(text, part) {
  if (!text.includes(part)) throw new Error(`"${part}" is missing in "${text.slice(0, 300)}"`);
}

/** Prints the totals and ends the program. */
export function finish() {
  for (const failure of failures) console.error(failure);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exit(failures.length ? 1 : 0);
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A page of `context` that keeps what went wrong on it in `faults`. */
export async function open(context) {
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (line) => { if (line.type() === "error") page.faults.push(line.text()); });
  page.on("pageerror", (error) => page.faults.push(error.message));
  return page;
}

/** A picture of the page; fails when it is too wide, breaks a rule of axe or wrote an error to the console. */
export async function inspect(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  await page.evaluate(axe);
  const { violations } = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), TAGS);
  const faults = [...page.faults.splice(0), ...violations.map((v) => `${v.id} ${v.nodes[0].html.slice(0, 120)}`)];
  if (wide > 0) faults.push(`${wide} px wider than the screen`);
  if (faults.length) throw new Error(faults.join(" | "));
}
