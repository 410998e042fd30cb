// 核验 on the page of a publication: fetch bundle and keys, compare the page, recompute the proof, say what came out.

import { verifyBundle } from "../shared/verify/bundle.js";
import { show, tell } from "./proof_view.js";
import { unreadable } from "./proof_words.js";
import { isShown } from "./shown.js";

async function fetchText(address) {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}

/** The bundle's content if the page shows it, "" if it shows another, null if there is none to compare with. */
function shownText(bundleText) {
  try {
    const { content } = JSON.parse(bundleText);
    return isShown(document, JSON.parse(content)) ? content : "";
  } catch {
    return null;
  }
}

async function check(section) {
  let bundle;
  let policy;
  try {
    [bundle, policy] = await Promise.all([fetchText(section.dataset.bundle), fetchText(section.dataset.policy)]);
  } catch {
    return unreadable("network");
  }
  return verifyBundle(bundle, policy, shownText(bundle));
}

const section = document.querySelector("[data-proof]");
const button = section.querySelector("[data-proof-run]");

async function run() {
  if (section.getAttribute("aria-busy") === "true") return;
  section.setAttribute("aria-busy", "true");
  button.textContent = "正在计算…"; // not disabled: it would lose the focus
  tell(section, "正在计算…");
  const headline = show(section, await check(section).catch(() => unreadable("fault")));
  section.querySelector("[data-proof-before]").hidden = true;
  section.removeAttribute("aria-busy");
  button.textContent = "再核验一次";
  tell(section, `${headline}。`);
}

section.querySelector("[data-proof-fallback]").hidden = true;
button.hidden = false;
button.addEventListener("click", run);
