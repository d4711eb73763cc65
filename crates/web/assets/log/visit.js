// At each visit: demands the proof that the log goes on from the newest end this browser remembers, and remembers the new end.
// What does not fit is kept and shown; the remembered end stays, so that the warning comes back until the history does.
"use strict";

/** Pages that do not show the log ask at most so often, in milliseconds. */
const OFTEN = 5 * 60 * 1000;
/** So much evidence is kept; the first is worth most. */
const MOST_EVIDENCE = 5;
/** Ends of the log that a visit may find while other windows are asking too. */
const TRIES = 3;
const GOOD = ["first", "same", "grew"];
const NEUTRAL = ["empty", "unclear"];

const WORDS = {
  id: {
    alarm: "Riwayat log tidak cocok dengan yang diingat peramban ini.",
    meaning: "Catatan presensi yang lalu mungkin telah diubah atau dihapus. Simpan bukti ini dan kirim ke Inspektorat:",
    kept: "checkpoint yang diingat", shown: "checkpoint yang ditunjukkan server",
    gone: "Server kini mengaku tidak punya log.",
    shrank: (a, b) => `Log menyusut dari ${a} menjadi ${b} catatan.`,
    rewritten: (a, b) => `Log dengan ${b} catatan bukan kelanjutan dari log dengan ${a} catatan yang diingat.`,
    "other-log": () => "Server menunjukkan log dengan nama lain.",
    "other-key": () => "Log kini ditandatangani dengan kunci lain.",
    unsigned: () => "Ujung log tidak ditandatangani dengan kunci yang diingat.",
    first: (n) => `Peramban ini mulai mengingat log: ${n} catatan.`,
    same: (n) => `Log masih sama seperti yang diingat peramban ini: ${n} catatan.`,
    grew: (n) => `Terbukti: log dengan ${n} catatan adalah kelanjutan dari yang diingat peramban ini.`,
    empty: () => "Belum ada log yang diterbitkan.",
    unclear: () => "Server tidak memberi bukti yang bisa diperiksa. Coba lagi nanti.",
    signed: "Tanda tangan benar.", unchecked: "Peramban ini tidak bisa memeriksa tanda tangan; riwayatnya tetap diperiksa.",
    forgetful: "Peramban ini tidak mengizinkan penyimpanan, jadi tidak bisa mengingat log.",
    evidence: "Bukti yang tersimpan di peramban ini:",
  },
  en: {
    alarm: "The history of the log is not the one this browser remembers.",
    meaning: "Earlier records may have been changed or deleted. Save this evidence and send it to the Inspektorat:",
    kept: "the checkpoint remembered", shown: "the checkpoint the server shows",
    gone: "The server now says that it has no log.",
    shrank: (a, b) => `The log shrank from ${a} to ${b} entries.`,
    rewritten: (a, b) => `The log of ${b} entries does not go on from the remembered log of ${a} entries.`,
    "other-log": () => "The server shows a log of another name.",
    "other-key": () => "The log is now signed with another key.",
    unsigned: () => "The end of the log is not signed with the remembered key.",
    first: (n) => `This browser begins to remember the log: ${n} entries.`,
    same: (n) => `The log still is as this browser remembers it: ${n} entries.`,
    grew: (n) => `Proved: the log of ${n} entries goes on from the one this browser remembers.`,
    empty: () => "No log is published yet.",
    unclear: () => "The server gave no proof that can be checked. Try again later.",
    signed: "The signature is right.", unchecked: "This browser cannot check signatures; the history is checked all the same.",
    forgetful: "This browser allows no storage, so it cannot remember the log.",
    evidence: "Evidence kept in this browser:",
  },
};

/** What this browser remembers of one log: `{ vkey, note, askedAt, failed, evidence }`. */
function memoryOf(slot) {
  const fresh = { vkey: null, note: null, askedAt: 0, failed: false, evidence: [] };
  return {
    read() {
      try {
        return { ...fresh, ...JSON.parse(localStorage.getItem(slot) || "{}") };
      } catch {
        return fresh;
      }
    },
    write(state) {
      try {
        localStorage.setItem(slot, JSON.stringify(state));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** What to remember after `verdict`; the remembered end gives way to a proved one only. */
function after(state, answer, verdict, at) {
  const next = { ...state, askedAt: at };
  if (GOOD.includes(verdict.outcome)) {
    const vkey = state.note ? state.vkey : answer.vkey;
    return { ...next, vkey, note: verdict.note.text, failed: false };
  }
  if (NEUTRAL.includes(verdict.outcome)) return next;
  const shown = answer.checkpoint || "";
  const isKnown = state.evidence.some((old) => old.shown === shown && old.kept === state.note);
  const found = { at: new Date(at).toISOString(), outcome: verdict.outcome, kept: state.note, shown, vkey: answer.vkey, proof: answer.proof };
  const evidence = isKnown ? state.evidence : [...state.evidence, found].slice(0, MOST_EVIDENCE);
  return { ...next, failed: true, evidence };
}

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

function sentence(words, item) {
  const [old, now] = [readNote(item.kept || ""), readNote(item.shown || "")];
  if (item.outcome === "gone") return words.gone;
  return words[item.outcome](old ? old.size : 0, now ? now.size : 0);
}

/** Links that save both checkpoints byte for byte, as `hadir verify` reads them. */
function downloads(words, item) {
  const list = document.createElement("p");
  list.className = "inline";
  for (const [which, text] of [["kept", item.kept], ["shown", item.shown]]) {
    if (!text) continue;
    const link = document.createElement("a");
    link.className = "btn small";
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = `bukti-log-${item.at.slice(0, 10)}-${which === "kept" ? "diingat" : "ditunjukkan"}.txt`;
    link.textContent = words[which];
    list.append(link);
  }
  return list;
}

function alarm(words, item) {
  const box = document.createElement("div");
  box.className = "note bad alarm";
  box.setAttribute("role", "alert");
  const [head, why, what] = ["strong", "p", "p"].map((tag) => document.createElement(tag));
  head.textContent = words.alarm;
  why.textContent = sentence(words, item);
  what.textContent = words.meaning;
  box.append(head, why, what, downloads(words, item));
  document.querySelector("main").prepend(box);
}

function report(words, place, verdict, state, isKept) {
  const size = verdict.note ? verdict.note.size : 0;
  const lines = [GOOD.includes(verdict.outcome) || NEUTRAL.includes(verdict.outcome) ? words[verdict.outcome](size) : words.alarm];
  if (verdict.isSigned !== null && verdict.isSigned) lines.push(words.signed);
  if (verdict.note && verdict.isSigned === null) lines.push(words.unchecked);
  if (!isKept) lines.push(words.forgetful);
  place.textContent = lines.join(" ");
  place.dataset.logMemory = verdict.outcome;
  if (!state.evidence.length) return;
  const head = document.createElement("p");
  head.textContent = words.evidence;
  place.after(head, ...state.evidence.map((item) => downloads(words, item)));
}

/** The visit. `data-demo` holds the key of a demo: each has another log at the same address, which is no fault. */
async function visit(meta) {
  const words = WORDS[document.documentElement.lang] || WORDS.id;
  const place = document.querySelector("[data-log-memory]");
  const address = meta.content;
  const memory = memoryOf(["hadir-log", address, meta.dataset.demo || ""].join(" ").trim());
  const state = memory.read();
  if (!place && !state.failed && Date.now() - state.askedAt < OFTEN) return;
  const found = await ask(address, memory).catch(() => null);
  const shown = found || { verdict: { outcome: "unclear", note: null, isSigned: null }, state };
  const isKept = memory.write(shown.state);
  if (shown.state.failed) alarm(words, shown.state.evidence[shown.state.evidence.length - 1]);
  if (place) report(words, place, shown.verdict, shown.state, isKept);
}

if (typeof document !== "undefined") {
  const meta = document.querySelector('meta[name="hadir-log"]');
  if (meta) visit(meta);
}
