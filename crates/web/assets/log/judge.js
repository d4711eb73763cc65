// What the newest checkpoint is worth to somebody who remembers an older one.
"use strict";

/**
 * Compares what the server shows with what is remembered.
 *
 * `kept` is `{ vkey, note }` or null; `answer` is what `/log/…/konsistensi` said: `{ vkey, checkpoint, from, proof }`.
 * Gives `{ outcome, note, isSigned }`. The outcomes `same`, `grew` and `first` are good; `unclear` proves nothing either way
 * and is to be asked again; `new-key` is for people to decide; all others are evidence against the server.
 */
async function judge(kept, answer) {
  const old = kept && readNote(kept.note);
  if (!answer.checkpoint) return { outcome: old ? "gone" : "empty", note: null, isSigned: null };
  const note = readNote(answer.checkpoint);
  const changed = Boolean(old && answer.vkey && answer.vkey !== kept.vkey);
  const key = readKey(changed || !old ? answer.vkey : kept.vkey);
  if (!note || !key) return { outcome: "unclear", note: null, isSigned: null };
  const signed = await isSigned(note, key);
  const result = (outcome) => ({ outcome, note, isSigned: signed });
  if (old && old.origin !== note.origin) return result("other-log");
  if (signed === false) return result("unsigned");
  if (!old) return result("first");
  const history = await growth(old, note, answer);
  // The history holds; whether the key was changed by those who may, only people can tell.
  return result(changed && ["same", "grew"].includes(history) ? "new-key" : history);
}

/** Whether the log of `note` goes on from that of `old`. */
async function growth(old, note, answer) {
  if (note.size < old.size) return "shrank";
  if (note.size === old.size) return isSame(note.root, old.root) ? "same" : "rewritten";
  if (answer.from !== old.size || !Array.isArray(answer.proof)) return "unclear";
  const proof = answer.proof.map((hash) => bytesOf(String(hash)));
  return (await isBeginning(old.size, note.size, old.root, note.root, proof)) ? "grew" : "rewritten";
}
