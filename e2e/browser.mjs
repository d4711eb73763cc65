// What the checks share: a static server that answers as ours does (content security policy), and a browser.
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, resolve, sep } from "node:path";
import { chromium } from "playwright-core";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

/** Serves the gallery in `folder`; `route(path)` may send a path to another file. */
export async function serve(folder, route = (path) => path) {
  const root = resolve(folder);
  const policy = readFileSync(join(root, "csp.txt"), "utf8");
  const server = createServer((request, response) => {
    const path = route(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const file = resolve(join(root, path));
    try {
      if (!file.startsWith(root + sep)) throw new Error("outside");
      const body = readFileSync(file);
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "text/plain", "Content-Security-Policy": policy });
      response.end(body);
    } catch {
      response.writeHead(404, { "Content-Security-Policy": policy }).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Starts Chromium with a profile of its own; `options` as for a Playwright context. */
export async function launch(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), "hadir-e2e-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ...options,
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
