// What a verdict means, in the words of people who are no engineers. `zhunsheng verify` says the same.

export const HEADLINES = {
  verified: "核验通过：公开后没有改过",
  pending: "还在等见证：内容一致，见证未完成",
  refuted: "核验不通过：内容与登记的不同",
  untrusted: "还不能确认：签名的人不在密钥文件里",
  unreadable: "没有核验成",
};

const OFFLINE = "可以下载证明包，在自己的电脑上用 zhunsheng verify 核验，不需要联网。";

const UNREADABLE = {
  bundle: "这个文件不是证明包，或者残缺了。请重新下载再核验。",
  policy: "密钥文件读不懂。请重新取得一份再核验。",
  browser: "这个浏览器算不了签名：它太旧，请换新版的 Chrome、Edge、Firefox 或者 Safari。",
  insecure: "浏览器只在 https 开头的地址上提供核验要用的算法，这个地址不是。",
  network: "取不到证明包或者密钥文件，网络可能断了。已经下载的证明包不联网也能核验。",
  large: "文件太大，不是证明包。",
  fault: "核验程序自己出了错。",
};

const NOTES = {
  verified: "从登记到现在，内容一个字也没有改过。",
  pending: "刚公开的内容通常很快完成见证。在这以前，还不能排除本局改动。请过一会儿再核验。",
  refuted:
    "请不要引用这一页。可能是页面被改，也可能是网络传错；如果浏览器开了翻译或者改字的插件，请关掉再核验一次。请下载证明包留存，并告诉本局和见证人。",
  untrusted: "内容前后一致，但密钥文件不能为签名的人担保。请换一份可靠的密钥文件再核验。",
};

const LIMITS = [
  "决定本身是否正确、合法。",
  "登记以前的事，例如现场情况是否如实记录。",
  "以后有没有更正、撤回：请看结果页现在的状态。",
];

const NAMES = {
  content: "内容与登记时相同",
  shown: "本页的文字与登记的内容相同",
  inclusion: "在本局登记册中",
  "log-signature": "登记册有本局签名",
  "log-key-retired": "签名的密钥仍在使用",
  "witness-quorum": "外部见证人签名",
  pdf: "PDF 的指纹与内容里写的相同",
  entry: "登记的格式",
  origin: "登记册的名称",
  size: "登记册的条数",
  checkpoint: "登记册签名的格式",
};

/** Always shown; the others only when something is wrong with them. */
const SHOWN = ["content", "shown", "inclusion", "log-signature", "witness-quorum"];

const TONES = { passed: "ok", failed: "late", untrusted: "wait", "not-checked": "", unreadable: "wait" };
const WORDS = { passed: "一致", failed: "不一致", untrusted: "不能确认", "not-checked": "没有核对", unreadable: "读不懂" };

const counted = (text) => Number(text).toLocaleString("en-US");

const SAYINGS = {
  "inclusion passed": (check) => `第 ${counted(Number(check.found.split(" ")[0]) + 1)} 条`,
  "log-signature passed": () => "有",
  "log-signature failed": () => "签名不对",
  "witness-quorum passed": (check) => `${check.found} 人，要求 ${check.expected} 人`,
  "witness-quorum untrusted": (check) => `${check.found} / ${check.expected}，等待`,
  "witness-quorum not-checked": () => "没有见证人",
};

/** verified | pending | refuted | untrusted | unreadable */
export function stateOf({ state, checks }) {
  const lacking = checks.filter((check) => check.state === "untrusted").map((check) => check.name);
  return state === "untrusted" && lacking.every((name) => name === "witness-quorum") ? "pending" : state;
}

/** {name, text, word, tone} for each check to be listed. Beside a refutation nothing is green: green is proved. */
export function rowsOf({ state: whole, checks }) {
  return checks
    .filter(({ name, state }) => name in NAMES && (SHOWN.includes(name) || state !== "passed"))
    .map((check) => ({
      name: check.name,
      text: NAMES[check.name],
      word: SAYINGS[`${check.name} ${check.state}`]?.(check) ?? WORDS[check.state],
      tone: whole === "refuted" && check.state === "passed" ? "" : TONES[check.state],
    }));
}

export function noteOf(result) {
  const state = stateOf(result);
  if (state !== "unreadable") return NOTES[state];
  const broken = result.checks.find((check) => check.state === "unreadable");
  const reason = broken.name === "browser" && !globalThis.isSecureContext ? "insecure" : broken.name;
  return `${UNREADABLE[reason] ?? UNREADABLE.bundle}${OFFLINE}`;
}

/** What was not proved, this time and ever. */
export function limitsOf({ checks }) {
  const is = (name, state) => checks.some((check) => check.name === name && check.state === state);
  const now = [];
  if (is("witness-quorum", "not-checked")) now.push("登记册没有给不同的人看不同的内容：没有外部见证人。");
  if (is("pdf", "not-checked")) now.push("PDF 文件：内容里没有写它的指纹。");
  if (!checks.some((check) => check.name === "shown")) now.push("网页上的文字：这里只核对了证明包里的内容。");
  return [...now, ...LIMITS];
}

export const unreadable = (name) => ({
  state: "unreadable",
  checks: [{ name, state: "unreadable", expected: "", found: "" }],
  checkpoint: null,
});
