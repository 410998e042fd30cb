// Does the page show the published content, and nothing else where the decision stands?
// The texts are compared without white space: a browser may wrap lines, it may not change words.

const flat = (text) => String(text ?? "").replace(/\s+/gu, "");

const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

/** 400000 fen as the page writes them: 4,000.00 元. */
function yuan(fen) {
  const rest = String(Math.abs(fen) % 100).padStart(2, "0");
  return `${fen < 0 ? "-" : ""}${grouped(String(Math.floor(Math.abs(fen) / 100)))}.${rest} 元`;
}

function day(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  return found ? `${Number(found[1])}年${Number(found[2])}月${Number(found[3])}日` : text;
}

function moment(text) {
  const found = /T(\d{2}):(\d{2})/.exec(text);
  return found ? `${day(text)}${Number(found[1])}时${found[2]}分` : day(text);
}

const WRITTEN = [
  ["date", day],
  ["time", moment],
  ["money", yuan],
  ["yuan", yuan],
  ["mask", (_, piece) => piece.shown],
  ["ins", (words, piece) => `${piece.del ?? ""}${words}`],
  ["text", (words) => words],
];

/** A text made of pieces as the page writes it (web.shared.pieces does the same on the server). */
export function written(text) {
  if (Array.isArray(text)) return text.map(written).join("");
  if (text === null || typeof text !== "object") return String(text ?? "");
  const found = WRITTEN.find(([key]) => key in text);
  return found ? String(found[1](text[found[0]], text) ?? "") : "";
}

/** What stands there, without the numbers that link hidden stretches to their reasons. */
function standing(element) {
  const copy = element.cloneNode(true);
  for (const link of copy.querySelectorAll(".ref")) link.remove();
  return flat(copy.textContent);
}

function paperOf(content) {
  const { title = [], lines = [] } = content.paper ?? {};
  return flat([...title, ...lines.map((line) => written(line.text))].join(""));
}

function textsOf(content) {
  const plain = (content.plain ?? []).map((part) => `${part.label}：${written(part.text)}`);
  const masks = (content.masks ?? []).flatMap((mask) => [mask.shown, mask.ground]);
  return [...plain, ...masks, ...(content.basis ?? []).map(written)].map(flat);
}

/**
 * @param {ParentNode} root of the page
 * @param {object} content the published content
 * @returns {boolean} the decision is there to the letter, and so are head, explanation and reasons
 */
export function isShown(root, content) {
  const page = root.querySelector("[data-public-page]");
  const papers = [...(page?.querySelectorAll(".paper") ?? [])];
  if (papers.length !== 1 || standing(papers[0]) !== paperOf(content)) return false;
  const parts = [...root.querySelectorAll("[data-public-part]")];
  if (!parts.length || !parts.every((part) => standing(part) === flat(content[part.dataset.publicPart]))) return false;
  const all = standing(page);
  return textsOf(content).every((text) => all.includes(text));
}
