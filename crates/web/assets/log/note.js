// Signed checkpoints of the log (c2sp.org/tlog-checkpoint, c2sp.org/signed-note) and the key that signs them.
"use strict";

/** Largest log that is read, as in the server. */
const MOST_ENTRIES = 2 ** 48;

/** A checkpoint in its one form, nothing verified; null when the text is none. */
function readNote(text) {
  const found = /^([^\s+]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n\n((?:— [^\s+]+ [A-Za-z0-9+/=]+\n)+)$/.exec(text);
  if (!found || Number(found[2]) > MOST_ENTRIES) return null;
  const [, origin, size, root, lines] = found;
  const signatures = lines.trimEnd().split("\n").map((line) => {
    const [, name, value] = line.split(" ");
    return { name, bytes: bytesOf(value) };
  });
  return { text, body: `${origin}\n${size}\n${root}\n`, origin, size: Number(size), root: bytesOf(root), signatures };
}

/** A key in the form `name+id+base64`; null when it is none, or not for Ed25519. */
function readKey(text) {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text || "");
  const bytes = found && bytesOf(found[3]);
  return bytes && bytes.length === 33 && bytes[0] === 1 ? { name: found[1], id: found[2], bytes: bytes.slice(1) } : null;
}

/** Whether `key` has signed `note`; null when this browser cannot check Ed25519 signatures. */
async function isSigned(note, key) {
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const mine = note.signatures.find((s) => s.name === key.name && s.bytes && s.bytes.length === 68 && hex(s.bytes.slice(0, 4)) === key.id);
  if (!mine || note.origin !== key.name) return false;
  const subtle = globalThis.crypto && globalThis.crypto.subtle;
  if (!subtle) return null;
  let known;
  try {
    known = await subtle.importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null;
  }
  return subtle.verify({ name: "Ed25519" }, known, mine.bytes.slice(4), new TextEncoder().encode(note.body));
}
