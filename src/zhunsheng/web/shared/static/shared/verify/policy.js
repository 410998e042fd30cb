// The policy file: whom to believe, and what it makes of the signatures under a checkpoint.

import { COSIGNER, LOG, openNote, parseKey } from "./note.js";

/** {logs, witnesses: [{key, from, to}], quorum}, or null if any line is not understood. */
export async function parsePolicy(text) {
  const policy = { logs: [], witnesses: [], quorum: 0 };
  let quorums = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [what, ...rest] = line.replace(/#.*$/, "").split(/\s+/).filter(Boolean);
    if (what === undefined) continue;
    if (what === "quorum" && rest.length === 1 && /^[0-9]{1,9}$/.test(rest[0]) && quorums === 0) {
      quorums += 1;
      policy.quorum = Number(rest[0]);
      continue;
    }
    const dated = await datedKey(what, rest);
    if (dated === null) return null;
    (what === "log" ? policy.logs : policy.witnesses).push(dated);
  }
  return isSound(policy) ? policy : null;
}

function isSound(policy) {
  const keys = [...policy.logs, ...policy.witnesses].map((dated) => dated.key.text);
  const names = new Set(policy.witnesses.map((dated) => dated.key.name));
  return policy.logs.length > 0 && new Set(keys).size === keys.length && policy.quorum <= names.size;
}

async function datedKey(what, [text, ...days]) {
  const kind = { log: LOG, witness: COSIGNER }[what];
  const key = kind && text ? await parseKey(text) : null;
  if (key === null || key === undefined || key.kind !== kind || days.length % 2) return null;
  const dated = { key, from: null, to: null };
  for (let i = 0; i < days.length; i += 2) {
    const isNew = (days[i] === "from" || days[i] === "to") && dated[days[i]] === null;
    if (!isNew || !isDay(days[i + 1])) return null;
    dated[days[i]] = days[i + 1];
  }
  return dated;
}

function isDay(text) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Whether `at` (seconds) is one of the key's days; days are days in China, UTC+8. */
function covers(dated, at) {
  if (!Number.isFinite(at)) return false;
  const day = new Date((at + 8 * 3600) * 1000).toISOString().slice(0, 10);
  return (dated.from === null || dated.from <= day) && (dated.to === null || day <= dated.to);
}

/** {logs, retired, cosigners: [{name, at}], unknown, quorum}, or {invalid: name}. */
export async function examine(policy, note, checkpoint) {
  const opened = await openNote(note, [...policy.logs, ...policy.witnesses].map((dated) => dated.key));
  if ("invalid" in opened) return opened;
  const byName = new Map();
  for (const { key, at } of opened.verified) {
    const dated = policy.witnesses.find((one) => one.key.text === key.text);
    if (dated && covers(dated, at) && !byName.has(key.name)) byName.set(key.name, { name: key.name, at });
  }
  const cosigners = [...byName.values()];
  const signed = new Set(opened.verified.map(({ key }) => key.text));
  const ours = policy.logs.filter(({ key }) => signed.has(key.text) && key.name === checkpoint.origin);
  const isGood = (log) =>
    log.to === null || cosigners.filter(({ at }) => covers(log, at)).length >= Math.max(1, policy.quorum);
  return {
    logs: ours.filter(isGood).map(({ key }) => key.text),
    retired: ours.filter((log) => !isGood(log)).map(({ key }) => key.text),
    cosigners,
    unknown: opened.unknown,
    quorum: policy.quorum,
  };
}
