// The month sheet by keyboard, with the script and without it.
//
//   cargo run -p hadir-web --example gallery -- OUTDIR && node e2e/matrix.mjs OUTDIR
import assert from "node:assert/strict";
import { launch, serve } from "./browser.mjs";

const [, , folder] = process.argv;
if (!folder) throw new Error("usage: node matrix.mjs OUTDIR");
// Every day behind a cell is the one sample day.
const server = await serve(folder, (path) => (/\/[0-9a-f-]{36}\/\d+$/.test(path) ? "/id/hari.html" : path));
const sheet = `${server.base}/id/rekap.html`;

/** Where the focus is: row and column of the cell, or a description. */
const focus = (page) => page.evaluate(() => {
  const cell = document.activeElement.closest("td");
  return cell ? `${cell.parentElement.sectionRowIndex}:${cell.cellIndex}` : document.activeElement.tagName;
});

async function withScript() {
  const { context, close } = await launch({ viewport: { width: 1366, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(sheet);
    const stops = await page.locator('[data-matrix] tbody td a:not([tabindex="-1"])').count();
    assert.equal(stops, 1, "the whole table is one tab stop");
    await page.locator('[data-matrix] tbody td a[tabindex="0"]').focus();
    const start = await focus(page);
    await page.keyboard.press("ArrowRight");
    const right = await focus(page);
    assert.notEqual(right, start);
    await page.keyboard.press("ArrowDown");
    const [row, column] = right.split(":").map(Number);
    assert.equal(await focus(page), `${row + 1}:${column}`);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowRight");
    const last = await focus(page);
    await page.keyboard.press("Home");
    assert.equal(await focus(page), `${row + 1}:${Number(start.split(":")[1])}`);
    assert.ok(Number(last.split(":")[1]) > 20, "End goes to the last day");

    const url = page.url();
    await page.keyboard.press("Enter");
    await page.locator("dialog.side-sheet[open] h1").waitFor();
    assert.equal(page.url(), url, "the sheet stays");
    assert.ok(await page.locator("dialog .punches li").count() > 0, "the punches are shown");
    await page.keyboard.press("Escape");
    await page.locator("dialog.side-sheet").waitFor({ state: "detached" });
    assert.match(await focus(page), /^\d+:\d+$/, "the focus comes back to the cell");
  } finally {
    await close();
  }
}

async function withoutScript() {
  const { context, close } = await launch({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  try {
    await page.goto(sheet);
    await page.locator("[data-matrix] tbody td a").first().click();
    assert.match(page.url(), /\/[0-9a-f-]{36}\/\d+$/, "a cell is a plain link");
    assert.equal(await page.locator("main form[method=post]").count(), 1, "the form is there");
  } finally {
    await close();
  }
}

try {
  await withScript();
  await withoutScript();
} finally {
  server.close();
}
console.log("month sheet: keyboard, side sheet and plain links work");
