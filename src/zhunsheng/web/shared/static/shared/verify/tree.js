// RFC 6962: leaf hash, node hash, and the root that an inclusion proof implies.

import { concat, equal, sha256 } from "./bytes.js";

export const leafHash = (entry) => sha256(concat(Uint8Array.of(0), entry));
export const nodeHash = (left, right) => sha256(concat(Uint8Array.of(1), left, right));

/** Largest power of two smaller than size (the RFC's k); size >= 2. */
function split(size) {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

/** Root for a tree of `size` with `leaf` at `index`; null if the proof is longer or shorter than the path. */
export async function impliedRoot(leaf, index, size, proof) {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && 0 <= index && index < size)) return null;
  if (size === 1) return proof.length ? null : leaf; // unused hashes would let two proofs pass for one fact
  if (!proof.length) return null;
  const k = split(size);
  const rest = proof.slice(0, -1);
  const last = proof[proof.length - 1];
  const isLeft = index < k;
  const inner = isLeft ? await impliedRoot(leaf, index, k, rest) : await impliedRoot(leaf, index - k, size - k, rest);
  if (inner === null) return null;
  return isLeft ? nodeHash(inner, last) : nodeHash(last, inner);
}

export async function isIncluded(entry, index, size, proof, root) {
  if (proof.some((hash) => hash === null)) return false;
  const implied = await impliedRoot(await leafHash(entry), index, size, proof);
  return implied !== null && equal(implied, root);
}
