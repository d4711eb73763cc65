// At each visit: demands the proof that the log goes on from the newest end this browser remembers, and remembers the new end.
// What does not fit is kept and shown; the remembered end stays, so that the warning comes back until the history does.
"use strict";

/** Pages that do not show the log ask at most so often, in milliseconds. */
const OFTEN = 5 * 60 * 1000;
/** Ends of the log that a visit may find while other windows are asking too. */
const TRIES = 3;
/** Servers beside each other publish the same log, one of them up to a second later: so long a shorter log may be one of them. */
const BEHIND = 3000;

/** Asks the server until what it says belongs to what is remembered; null when it did not answer. */
async function ask(address, memory) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = memory.read();
    const old = before.note && readNote(before.note);
    const response = await fetch(`${address}konsistensi?dari=${old ? old.size : 0}`, { cache: "no-store", credentials: "omit" });
    if (!response.ok) return null;
    const answer = await response.json();
    const verdict = await judge(old ? before : null, answer);
    const now = memory.read();
    // Another window was quicker: what it remembers now is what must be proved.
    if (now.note !== before.note) continue;
    return { verdict, state: after(now, answer, verdict, Date.now()) };
  }
  return null;
}

/** The visit. `data-demo` holds the key of a demo: each has another log at the same address, which is no fault. */
async function visit(meta) {
  const words = WORDS[document.documentElement.lang] || WORDS.id;
  const place = document.querySelector("[data-log-memory]");
  const address = meta.content;
  const memory = memoryOf(["hadir-log", address, meta.dataset.demo || ""].join(" ").trim());
  const state = memory.read();
  if (!place && !state.failed && Date.now() - state.askedAt < OFTEN) return;
  const asked = () => ask(address, memory).catch(() => null);
  let found = await asked();
  if (found && found.verdict.outcome === "shrank" && !state.failed) {
    await new Promise((later) => setTimeout(later, BEHIND));
    found = await asked();
  }
  const shown = found || { verdict: { outcome: "unclear", note: null, isSigned: null }, state };
  memory.write(shown.state);
  if (shown.state.failed) alarm(words, shown.state.evidence[shown.state.evidence.length - 1]);
  if (place) report(words, place, shown.verdict, shown.state, memory);
}

if (typeof document !== "undefined") {
  const meta = document.querySelector('meta[name="hadir-log"]');
  if (meta) visit(meta);
}
