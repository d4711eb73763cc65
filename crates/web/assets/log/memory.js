// What this browser remembers of the log, and when it gives way.
"use strict";

/** So much evidence is kept; the first is worth most. */
const MOST_EVIDENCE = 5;
const GOOD = ["first", "same", "grew"];
const NEUTRAL = ["empty", "unclear"];

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
  const isThis = (old) => old.shown === shown && old.kept === state.note;
  const found = { at: new Date(at).toISOString(), outcome: verdict.outcome, kept: state.note, shown, vkey: answer.vkey, proof: answer.proof };
  // The present fault stands last.
  const others = state.evidence.filter((old) => !isThis(old)).slice(0, MOST_EVIDENCE - 1);
  const evidence = [...others, state.evidence.find(isThis) || found];
  return { ...next, failed: true, evidence };
}

/** What to remember once a person has decided to go on with the log that the server shows now. */
function anew(state) {
  const last = state.evidence[state.evidence.length - 1];
  return { ...state, vkey: last.shown ? last.vkey : null, note: last.shown || null, failed: false };
}
