// The warning on every page, and the card on the page of the log.
"use strict";

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

/** The box on top of the page: red when the history does not fit, amber when only the key is another one. */
function alarm(words, item) {
  const onlyKey = item.outcome === "new-key";
  const box = document.createElement("div");
  box.className = `note ${onlyKey ? "warn" : "bad"} alarm`;
  box.setAttribute("role", "alert");
  const lines = onlyKey ? [sentence(words, item), words.keyMeaning] : [words.alarm, sentence(words, item), words.meaning];
  lines.forEach((text, at) => {
    const line = document.createElement(at ? "p" : "strong");
    line.textContent = text;
    box.append(line);
  });
  box.append(downloads(words, item));
  document.querySelector("main").prepend(box);
}

/** What was kept of one fault: when, what, and both checkpoints. */
function exhibit(words, item) {
  const box = document.createElement("div");
  const head = document.createElement("p");
  const at = new Date(item.at).toLocaleString(document.documentElement.lang);
  head.textContent = words.found(at, sentence(words, item));
  box.append(head, downloads(words, item));
  return box;
}

/** The card of the page of the log: the outcome, the evidence, and the way on after a fault. */
function report(words, place, verdict, state, memory) {
  const hasWords = [...GOOD, ...NEUTRAL, "new-key"].includes(verdict.outcome);
  const lines = [hasWords ? words[verdict.outcome](verdict.note ? verdict.note.size : 0) : words.alarm];
  if (verdict.isSigned) lines.push(words.signed);
  if (verdict.note && verdict.isSigned === null) lines.push(words.unchecked);
  if (!memory.write(state)) lines.push(words.forgetful);
  place.textContent = lines.join(" ");
  place.dataset.logMemory = verdict.outcome;
  if (!state.evidence.length) return;
  const head = document.createElement("h3");
  head.textContent = words.evidence;
  const card = [head, ...state.evidence.map((item) => exhibit(words, item))];
  if (state.failed) {
    const [button, hint] = ["button", "p"].map((tag) => document.createElement(tag));
    button.className = "btn small";
    button.dataset.logAnew = "";
    button.textContent = words.anew;
    button.addEventListener("click", () => { memory.write(anew(state)); location.reload(); });
    hint.className = "calm";
    hint.textContent = words.whenAnew;
    card.push(button, hint);
  }
  place.after(...card);
}
