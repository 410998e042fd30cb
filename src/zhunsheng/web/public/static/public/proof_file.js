// 核验 of a bundle from the visitor's own disk, under keys of his own if he has them. Nothing is sent anywhere.

import { verifyBundle } from "../shared/verify/bundle.js";
import { show, tell } from "./proof_view.js";
import { unreadable } from "./proof_words.js";

const LARGEST = 8 * 1024 * 1024; // bytes; docs/spec/bundle.md

const form = document.querySelector("[data-proof-file]");
const section = document.querySelector("[data-proof]");
const button = form.querySelector("[data-proof-run]");
const [bundleInput, policyInput] = [form.querySelector("#bundle"), form.querySelector("#policy")];

async function sitePolicy() {
  const answer = await fetch(form.dataset.policy, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}

async function check(file, own) {
  if (file.size > LARGEST || (own && own.size > LARGEST)) return unreadable("large");
  let policy;
  try {
    policy = own ? await own.text() : await sitePolicy();
  } catch {
    return unreadable("network");
  }
  return verifyBundle(await file.text(), policy);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = bundleInput.files;
  if (!file) {
    tell(form, "请先选择证明包。");
    bundleInput.focus();
    return;
  }
  tell(form, "正在计算…");
  const own = policyInput.files[0] ?? null;
  const headline = show(section, await check(file, own).catch(() => unreadable("fault")));
  tell(form, `${headline}。${own ? "用的是您自己的密钥文件。" : "用的是本站的密钥文件。"}`);
});

form.querySelector("[data-proof-fallback]").hidden = true;
button.hidden = false;
