// What the newest checkpoint is worth to somebody who remembers an older one.
"use strict";

/**
 * Compares what the server shows with what is remembered.
 *
 * `kept` is `{ vkey, note }` or null; `answer` is what `/log/…/konsistensi` said: `{ vkey, checkpoint, from, proof }`.
 * Gives `{ outcome, note, isSigned }`. The outcomes `same`, `grew` and `first` are good; `unclear` proves nothing either way
 * and is to be asked again; all others are evidence against the server.
 */
async function judge(kept, answer) {
  const old = kept && readNote(kept.note);
  if (!answer.checkpoint) return { outcome: old ? "gone" : "empty", note: null, isSigned: null };
  const note = readNote(answer.checkpoint);
  // What was first seen counts, not what the server says now.
  const key = readKey(old ? kept.vkey : answer.vkey);
  if (!note || !key) return { outcome: "unclear", note: null, isSigned: null };
  const signed = await isSigned(note, key);
  const result = (outcome) => ({ outcome, note, isSigned: signed });
  if (old && old.origin !== note.origin) return result("other-log");
  if (old && answer.vkey && answer.vkey !== kept.vkey) return result("other-key");
  if (signed === false) return result("unsigned");
  if (!old) return result("first");
  if (note.size < old.size) return result("shrank");
  if (note.size === old.size) return result(isSame(note.root, old.root) ? "same" : "rewritten");
  if (answer.from !== old.size || !Array.isArray(answer.proof)) return result("unclear");
  const proof = answer.proof.map((hash) => bytesOf(String(hash)));
  return result((await isBeginning(old.size, note.size, old.root, note.root, proof)) ? "grew" : "rewritten");
}
