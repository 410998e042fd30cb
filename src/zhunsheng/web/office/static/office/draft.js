// Keeps what is typed in a form in this tab's own storage, so that a closed lid or a lost
// connection costs nothing, and says so. The storage dies with the tab; signing out empties it.

const PREFIX = "zhunsheng-draft:";
const SKIPPED = new Set(["csrfmiddlewaretoken", "key", "position", "act", "password"]);

function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null; // storage forbidden by the browser: the form works as before
  }
}

function forget(kept) {
  Object.keys(kept)
    .filter((name) => name.startsWith(PREFIX))
    .forEach((name) => kept.removeItem(name));
}

function collect(form) {
  return [...new FormData(form).entries()].filter(
    ([name, value]) => typeof value === "string" && !SKIPPED.has(name),
  );
}

function clock() {
  return new Date().toLocaleTimeString("zh-CN", { hour12: false });
}

function fill(form, entries) {
  const byName = new Map();
  for (const [name, value] of entries) {
    byName.set(name, [...(byName.get(name) ?? []), value]);
  }
  for (const control of form.elements) {
    if (!control.name || SKIPPED.has(control.name) || control.type === "file") continue;
    const values = byName.get(control.name) ?? [];
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value);
    } else if (values.length) {
      control.value = values.shift();
    }
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offer(form, name, kept) {
  const text = kept.getItem(name);
  const box = document.querySelector("[data-draft-offer]");
  if (!text || !box || form.dataset.draft !== "fresh") return;
  const draft = JSON.parse(text);
  box.querySelector("[data-draft-at]").textContent = draft.at;
  box.hidden = false;
  box.querySelector("[data-act=restore]").addEventListener("click", () => {
    fill(form, draft.entries);
    box.hidden = true;
    form.querySelector("input:not([type=hidden]),textarea,select")?.focus();
  });
  box.querySelector("[data-act=discard]").addEventListener("click", () => {
    kept.removeItem(name);
    box.hidden = true;
  });
}

function watch(form, kept) {
  const name = PREFIX + window.location.pathname;
  const status = document.querySelector("[data-draft-status]");
  let timer = 0;
  offer(form, name, kept);
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const at = clock();
      try {
        kept.setItem(name, JSON.stringify({ at, entries: collect(form) }));
        status.textContent = `草稿 ${at} 已存在这个浏览器标签页里，关掉标签页就没有了`;
      } catch {
        status.textContent = "草稿存不下了：内容太多。请尽快存入案卷";
      }
    }, 800);
  });
}

const kept = storage();
if (kept) {
  const done = document.querySelector("[data-draft-done]");
  if (done) kept.removeItem(PREFIX + done.dataset.draftDone);
  if (document.querySelector("[data-draft-forget]")) forget(kept);
  const form = document.querySelector("form[data-draft]");
  if (form) watch(form, kept);
}
