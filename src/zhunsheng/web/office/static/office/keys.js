// Shortcuts for the clerk's most frequent acts; the page under "?" lists them all.
// A letter works only when nothing is being typed; two-letter ones begin with g.

const page = document.body.dataset;
const GO = new Map([...document.querySelectorAll("a[data-key]")].map((link) => [link.dataset.key, link]));
let prefix = "";

function typing(target) {
  return target.closest("input,textarea,select,[contenteditable]") !== null;
}

function act(key) {
  if (key === "?") {
    window.location.assign(page.help);
  } else if (key === "/") {
    document.querySelector("#find")?.focus();
  } else if (GO.has(key)) {
    const link = GO.get(key);
    if (link.hash && link.pathname === window.location.pathname) link.focus();
    link.click();
  } else {
    return false;
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
  const key = prefix + event.key;
  prefix = "";
  if (event.key === "g" && key === "g") {
    prefix = "g";
    return;
  }
  if (act(key)) event.preventDefault();
});
