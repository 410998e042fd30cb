// Writes the outcome of a check into public/_result.html. Text only: nothing of a file becomes markup.

import { HEADLINES, limitsOf, noteOf, rowsOf, stateOf } from "./proof_words.js";

const LOOKS = { verified: "ok", refuted: "bad" };
const two = (number) => String(number).padStart(2, "0");

function clockTime(date) {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function wholeTime(seconds) {
  const at = new Date(seconds * 1000);
  return `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日 ${clockTime(at)}`;
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function rowOf({ name, text, word, tone }) {
  const row = element("li", `${text} `, "row");
  row.dataset.testid = `proof-check-${name}`;
  row.append(element("span", word, `tag end ${tone}`.trim()));
  return row;
}

/** Say that something is going on; a screen reader hears it too. */
export function tell(root, words) {
  root.querySelector("[data-proof-status]").textContent = words;
}

/**
 * @param {Element} section with data-proof
 * @param {object} result of verifyBundle
 * @returns {string} the headline, for the status line
 */
export function show(section, result) {
  const state = stateOf(result);
  const find = (name) => section.querySelector(`[data-proof-${name}]`);
  section.hidden = false;
  section.dataset.state = state;
  section.className = `note proof ${LOOKS[state] ?? "wait"}`;
  find("title").textContent = HEADLINES[state];

  const rows = rowsOf(result).map(rowOf);
  find("checks").replaceChildren(...rows);
  find("checks").hidden = rows.length === 0;
  find("note").textContent = `${noteOf(result)}由您的浏览器在 ${clockTime(new Date())} 算出。`;
  find("note").hidden = false;
  find("open").replaceChildren(...limitsOf(result).map((words) => element("li", words)));
  find("limits").hidden = state === "unreadable";
  showHead(find, result.checkpoint);
  return HEADLINES[state];
}

function showHead(find, checkpoint) {
  find("details").hidden = checkpoint === null;
  if (checkpoint === null) return;
  const seen = checkpoint.cosigners.map(({ name, at }) => `见证人 ${name}，${wholeTime(at)}`);
  const lines = [`登记册 ${checkpoint.origin}`, `共 ${checkpoint.size.toLocaleString("en-US")} 条`, ...seen];
  find("head").textContent = `${lines.join("；")}。指纹：`;
  find("root").textContent = checkpoint.root.match(/.{4}/g).join(" ");
}
