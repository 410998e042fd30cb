// Signed notes, checkpoints and keys (C2SP signed-note, tlog-checkpoint, tlog-cosignature).

import { concat, fromBase64, sha256, toBase64, toHex, utf8 } from "./bytes.js";

export const LOG = 1; // Ed25519 over the text
export const COSIGNER = 4; // Ed25519 over time and text: cosignature/v1
const EMPTY_ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const NAME = /^[^\s+\p{C}]+$/u;

/** {text, lines: [{name, hint, blob, exact}]}, or null. */
export function parseNote(whole) {
  const at = whole.lastIndexOf("\n\n");
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (at < 0 || !whole.endsWith("\n") || /[\x00-\x09\x0b-\x1f]/.test(whole)) return null;
  const lines = whole.slice(at + 2, -1).split("\n").map(parseLine);
  if (lines.length > 100 || lines.includes(null)) return null;
  return { text: whole.slice(0, at + 1), lines };
}

function parseLine(line) {
  const found = /^— (\S+) (\S+)$/.exec(line);
  const data = found && NAME.test(found[1]) ? fromBase64(found[2]) : null;
  if (data === null || data.length <= 4) return null;
  return { name: found[1], hint: toHex(data.slice(0, 4)), blob: data.slice(4), exact: toBase64(data) === found[2] };
}

/** {origin, size, root}, or null. */
export function parseCheckpoint(text) {
  const lines = text.split("\n");
  if (lines.length < 4 || lines.pop() !== "" || lines.includes("")) return null;
  const [origin, size, root] = lines;
  const hash = fromBase64(root);
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size) || hash === null || hash.length !== 32 || toBase64(hash) !== root) return null;
  if (size === "0" && root !== EMPTY_ROOT) return null;
  return { origin, size: Number(size), root: hash };
}

/** {name, kind, public, hint, text}, or null. */
export async function parseKey(text) {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text);
  const data = found ? fromBase64(found[3]) : null;
  if (data === null || data.length !== 33 || toBase64(data) !== found[3] || ![LOG, COSIGNER].includes(data[0])) return null;
  const hash = await sha256(concat(utf8(`${found[1]}\n`), data));
  if (toHex(hash.slice(0, 4)) !== found[2]) return null;
  return { name: found[1], hint: found[2], kind: data[0], public: data.slice(1), text };
}

/**
 * Check every signature that claims one of `keys`.
 * {verified: [{key, at}], unknown: n}; {invalid: name} if one is wrong or was relabelled.
 */
export async function openNote(note, keys) {
  const verified = new Map();
  let unknown = 0;
  for (const line of note.lines) {
    const key = keys.find((one) => one.name === line.name && one.hint === line.hint);
    if (key) {
      if (!line.exact || !(await isSigned(line.blob, key, note.text))) return { invalid: line.name };
      if (!verified.has(key.text)) verified.set(key.text, { key, at: key.kind === COSIGNER ? timeOf(line.blob) : null });
    } else if (await isDamaged(line, keys, note.text)) {
      return { invalid: line.name }; // passed over as unknown it would look like a note nobody signed
    } else {
      unknown += 1;
    }
  }
  return { verified: [...verified.values()], unknown };
}

async function isDamaged(line, keys, text) {
  for (const key of keys) {
    const near = line.name === key.name && line.hint.slice(0, 6) === key.hint.slice(0, 6);
    if (near || (await isSigned(line.blob, key, text))) return true;
  }
  return false;
}

/** Seconds since 1970; a time no date can have becomes Infinity. */
function timeOf(blob) {
  const seconds = new DataView(blob.buffer, blob.byteOffset, 8).getBigUint64(0);
  return seconds < 253402300800n ? Number(seconds) : Infinity;
}

async function isSigned(blob, key, text) {
  if (key.kind === LOG) return verify(key, blob, utf8(text));
  if (blob.length !== 72) return false;
  const seconds = new DataView(blob.buffer, blob.byteOffset, 8).getBigUint64(0);
  return verify(key, blob.slice(8), utf8(`cosignature/v1\ntime ${seconds}\n${text}`));
}

async function verify(key, signature, message) {
  if (signature.length !== 64) return false;
  const imported = await crypto.subtle.importKey("raw", key.public, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

/** Whether this browser can check Ed25519 at all: WebCrypto needs https or localhost, and a recent browser. */
export async function canVerify() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32).fill(1), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

