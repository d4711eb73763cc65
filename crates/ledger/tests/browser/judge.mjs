// Runs the script of our pages over vectors: node judge.mjs <folder of the script> <vectors.json>
// Every vector is judged twice: with the browser's cryptography, and without it, as over a connection without certificate.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { webcrypto } from "node:crypto";

const [folder, vectors] = process.argv.slice(2);
const parts = ["hash.js", "proof.js", "note.js", "judge.js", "memory.js"].map((name) => readFileSync(join(folder, name), "utf8"));
const script = (surroundings) => new Function("globalThis", `${parts.join("")}; return { judge, after, readNote, sha256Plain };`)(surroundings);
const { sums, cases } = JSON.parse(readFileSync(vectors, "utf8"));

let wrong = 0;
function same(actual, expected, what) {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  wrong += 1;
  if (wrong <= 20) console.log(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

const plain = script({});
for (const [message, sum] of sums) {
  same(Buffer.from(plain.sha256Plain(Buffer.from(message, "hex"))).toString("hex"), sum, `SHA-256 of ${message.length / 2} bytes`);
}
for (const [safe, page] of [[true, script({ crypto: webcrypto })], [false, plain]]) {
  for (const { name, kept, answer, outcome, plain_outcome: unsafe } of cases) {
    const what = `${name}${safe ? "" : ", without cryptography"}`;
    const verdict = await page.judge(kept, answer);
    same(verdict.outcome, safe ? outcome : unsafe, what);
    if (!safe && verdict.isSigned === true) same(verdict.isSigned, null, what);
    // What is remembered gives way to what is proved, and to nothing else.
    const state = { vkey: null, note: null, evidence: [], ...kept };
    const next = page.after(state, answer, verdict, 0);
    const good = ["first", "same", "grew"].includes(verdict.outcome);
    const neutral = ["empty", "unclear"].includes(verdict.outcome);
    same(next.note, good ? answer.checkpoint : state.note, `${what}: remembered`);
    same(next.evidence.map((item) => [item.kept, item.shown]), good || neutral ? [] : [[state.note, answer.checkpoint || ""]], `${what}: evidence`);
    same(page.after(next, answer, verdict, 1).evidence.length, next.evidence.length, `${what}: evidence once`);
  }
}
console.log(`${sums.length} sums and ${cases.length} cases, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
