// Whether an older log is the beginning of a newer one (RFC 6962, section 2.1.2; the steps are those of RFC 9162, 2.1.4.2).
"use strict";

/** `proof` leads from the root of `oldSize` entries and to the root of `newSize` entries. Roots and hashes are bytes. */
async function isBeginning(oldSize, newSize, oldRoot, newRoot, proof) {
  if (oldSize < 1 || oldSize > newSize || proof.length > 128 || proof.some((hash) => !hash || hash.length !== 32)) return false;
  if (oldSize === newSize) return proof.length === 0 && isSame(oldRoot, newRoot);
  // Halving instead of shifting: a size may have more than 32 bits.
  const half = (n) => Math.floor(n / 2);
  let [fn, sn] = [oldSize - 1, newSize - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  // A log of 2^k entries is a whole subtree of the newer one; its root is not in the proof.
  const path = fn === 0 ? [oldRoot, ...proof] : [...proof];
  let old = path.shift();
  if (!old || path.length === 0) return false;
  let now = old;
  for (const hash of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      old = await nodeHash(hash, old);
      now = await nodeHash(hash, now);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      now = await nodeHash(now, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && isSame(old, oldRoot) && isSame(now, newRoot);
}
