// Check a publication in the browser. Same checks, names and states as `zhunsheng verify`
// (docs/spec/verdict.md); plain data out, words and page are the caller's.

import { digestFromHex, sha256, toHex, utf8 } from "./bytes.js";
import { canVerify, parseCheckpoint, parseNote } from "./note.js";
import { examine, parsePolicy } from "./policy.js";
import { isIncluded } from "./tree.js";

const FORMAT = "zhunsheng-bundle/1";
const REQUIRED = ["format", "content", "entry", "index", "proof", "checkpoint", "origin"];
const OPTIONAL = ["size", "pdf_sha256"];
const ORDER = [["unreadable", "unreadable"], ["failed", "refuted"], ["untrusted", "untrusted"]];

/**
 * @param {string} bundleText the downloaded bundle
 * @param {string|null} policyText whom to believe; null is nobody
 * @param {string|null} shownText the public text of the page, if it is to be compared too
 * @returns {Promise<{state: string, checks: {name, state, expected, found}[], checkpoint: object|null}>}
 */
export async function verifyBundle(bundleText, policyText = null, shownText = null) {
  if (!globalThis.crypto?.subtle || !(await canVerify())) return verdict([check("browser", "unreadable")]);
  const bundle = parseBundle(bundleText);
  if (bundle === null) return verdict([check("bundle", "unreadable")]);
  const policy = policyText === null ? undefined : await parsePolicy(policyText);
  if (policy === null) return verdict([check("policy", "unreadable")]);

  const checks = await contentChecks(bundle);
  if (shownText !== null) checks.push(passedIf(shownText === bundle.content, "shown"));
  const note = parseNote(bundle.checkpoint);
  const head = note && parseCheckpoint(note.text);
  if (!head) return verdict([...checks, check("inclusion", "not-checked"), check("checkpoint", "failed")]);
  checks.push(...(await headChecks(bundle, head)), check("checkpoint", "passed", "", head.origin));
  const { found, cosigners } = await signatureChecks(policy, note, head);
  return verdict([...checks, ...found], { origin: head.origin, size: head.size, root: toHex(head.root), cosigners });
}

const check = (name, state, expected = "", found = "") => ({ name, state, expected, found });
const passedIf = (ok, name, expected = "", found = "") => check(name, ok ? "passed" : "failed", expected, found);

function verdict(checks, checkpoint = null) {
  const worst = ORDER.find(([found]) => checks.some(({ state }) => state === found));
  return { state: worst ? worst[1] : "verified", checks, checkpoint };
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function parseBundle(text) {
  const raw = parseJson(text);
  if (raw === null || typeof raw !== "object" || Array.isArray(raw) || raw.format !== FORMAT) return null;
  const names = Object.keys(raw);
  if (!REQUIRED.every((name) => names.includes(name))) return null;
  if (!names.every((name) => REQUIRED.includes(name) || OPTIONAL.includes(name))) return null;
  const isText = (name) => typeof raw[name] === "string" && raw[name].isWellFormed?.() !== false;
  const texts = ["content", "entry", "checkpoint", "origin", ...("pdf_sha256" in raw ? ["pdf_sha256"] : [])];
  const numbers = ["index", ...("size" in raw ? ["size"] : [])];
  const isProof = Array.isArray(raw.proof) && raw.proof.every((hash) => typeof hash === "string");
  return texts.every(isText) && numbers.every((name) => Number.isSafeInteger(raw[name])) && isProof ? raw : null;
}

/** The digests of a ledger entry in its one canonical spelling, or null. */
function parseEntry(text) {
  const raw = parseJson(text);
  if (raw === null || typeof raw !== "object") return null;
  const { commitment, of, public: digest } = raw;
  const plain = `{"commitment":"${commitment}","suite":"zs1"}`;
  const published = `{"commitment":"${commitment}","of":"${of}","public":"${digest}","suite":"zs1"}`;
  const digests = text === plain ? [commitment] : text === published ? [commitment, of, digest] : [null];
  return digests.every(digestFromHex) ? { public: text === published ? digest : null } : null;
}

async function contentChecks(bundle) {
  const entry = parseEntry(bundle.entry);
  const isPublication = entry !== null && entry.public !== null;
  const checks = [passedIf(isPublication, "entry")];
  if (isPublication) {
    const digest = toHex(await sha256(utf8(bundle.content)));
    checks.push(passedIf(digest === entry.public, "content", entry.public, digest));
  }
  if (bundle.pdf_sha256 !== undefined) {
    const committed = parseJson(bundle.content)?.pdf_sha256;
    const isNamed = typeof committed === "string";
    const fits = passedIf(committed === bundle.pdf_sha256, "pdf", committed, bundle.pdf_sha256);
    checks.push(isNamed ? fits : check("pdf", "not-checked", "", bundle.pdf_sha256));
  }
  return checks;
}

async function headChecks(bundle, head) {
  const checks = [passedIf(bundle.origin === head.origin, "origin", head.origin, bundle.origin)];
  if (bundle.size !== undefined) {
    checks.push(passedIf(bundle.size === head.size, "size", String(head.size), String(bundle.size)));
  }
  const proof = bundle.proof.map(digestFromHex);
  const isIn = await isIncluded(utf8(bundle.entry), bundle.index, head.size, proof, head.root);
  checks.push(passedIf(isIn, "inclusion", toHex(head.root), `${bundle.index} of ${head.size}`));
  return checks;
}

async function signatureChecks(policy, note, head) {
  if (policy === undefined) {
    return { found: [check("log-signature", "untrusted"), check("witness-quorum", "not-checked")], cosigners: [] };
  }
  const trust = await examine(policy, note, head);
  if ("invalid" in trust) return { found: [check("log-signature", "failed", "", trust.invalid)], cosigners: [] };
  const { logs, retired, cosigners, quorum } = trust;
  const log = logs.length
    ? check("log-signature", "passed", "", logs[0])
    : check(retired.length ? "log-key-retired" : "log-signature", "untrusted");
  const met = cosigners.length ? "passed" : "not-checked"; // a quorum of none proves nothing
  const state = cosigners.length < quorum ? "untrusted" : met;
  return { found: [log, check("witness-quorum", state, String(quorum), String(cosigners.length))], cosigners };
}
