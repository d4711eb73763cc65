// Comfort on top of pages that work without it: arrow keys and a side sheet in the month table,
// refreshing of live parts, and one submit per form. No framework, nothing from other servers.
"use strict";
document.documentElement.classList.add("js");

/** Fetches a page of ours and returns it parsed, or null when it did not answer as expected. */
async function page(href) {
  try {
    const answer = await fetch(href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}

// --- Month table: one tab stop, arrows move between the cells that can be opened.
function matrix(table) {
  const links = [...table.querySelectorAll("tbody td a")];
  for (const link of links) link.tabIndex = -1;
  if (links[0]) links[0].tabIndex = 0;
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
    let target = null;
    if (event.key === "Home" || event.key === "End") {
      const row = [...cell.parentElement.querySelectorAll("td a")];
      target = event.key === "Home" ? row[0] : row[row.length - 1];
    } else if (step[event.key]) {
      const [down, right] = step[event.key];
      let row = cell.parentElement, column = cell.cellIndex;
      do {
        column += right;
        if (down < 0) row = row.previousElementSibling;
        if (down > 0) row = row.nextElementSibling;
        target = row && row.cells[column] ? row.cells[column].querySelector("a") : null;
      } while (!target && row && row.cells[column]);
    } else return;
    event.preventDefault();
    if (!target || target === event.target) return;
    event.target.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
    // The sticky name column must not hide the focused cell.
    target.scrollIntoView({ block: "nearest", inline: "center" });
  });
  table.addEventListener("focusin", (event) => {
    const link = event.target.closest("tbody td a");
    if (!link) return;
    const old = table.querySelector('tbody td a[tabindex="0"]');
    if (old && old !== link) old.tabIndex = -1;
    link.tabIndex = 0;
  });
}

// --- Side sheet: shows the `[data-drawer]` of a day page beside the table it was opened from.
async function openSheet(link) {
  const found = await page(link.href);
  const drawer = found && found.querySelector("[data-drawer]");
  if (!drawer) { location.href = link.href; return; }
  const sheet = document.createElement("dialog");
  sheet.className = "side-sheet";
  const bar = document.createElement("form");
  bar.method = "dialog";
  bar.className = "close";
  const button = document.createElement("button");
  button.className = "btn small";
  button.textContent = document.documentElement.lang === "en" ? "Close" : "Tutup";
  bar.append(button);
  drawer.setAttribute("aria-labelledby", "sheet-title");
  const title = drawer.querySelector("h1");
  if (title) title.id = "sheet-title";
  sheet.setAttribute("aria-labelledby", "sheet-title");
  sheet.append(bar, document.importNode(drawer, true));
  sheet.addEventListener("close", () => { sheet.remove(); link.focus(); });
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  document.body.append(sheet);
  sheet.showModal();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-matrix] tbody td a, [data-sheet] a[data-day]");
  if (!link || event.button || event.ctrlKey || event.shiftKey || event.metaKey) return;
  event.preventDefault();
  openSheet(link);
});

// --- Live parts: `data-live="15"` is fetched again every 15 seconds while somebody looks at it.
for (const part of document.querySelectorAll("[data-live][id]")) {
  const seconds = Math.max(2, Number(part.dataset.live) || 30);
  const timer = setInterval(async () => {
    const shown = document.getElementById(part.id);
    if (document.hidden || !shown || shown.contains(document.activeElement)) return;
    const fresh = await page(location.href);
    const next = fresh && fresh.getElementById(part.id);
    if (!next) return;
    shown.replaceWith(document.importNode(next, true));
    if (!next.dataset.live) { clearInterval(timer); if (next.dataset.done) location.href = next.dataset.done; }
  }, seconds * 1000);
}

// --- Menus close when the attention goes elsewhere.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.drop[open], details.me[open]"))
    if (!open.contains(event.target)) open.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.drop[open], details.me[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// --- Sheets that are made to be printed.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

// --- A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") form.dataset.sent = "yes";
});
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) delete form.dataset.sent;
});

for (const table of document.querySelectorAll("[data-matrix]")) matrix(table);
