// 关怀模式: large print. Set before the first paint, so that nothing jumps; kept in this browser only.
(() => {
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem("care") === "on";
    } catch {
      return false; // storage is closed: the mode lasts for this page
    }
  };
  const apply = (on) => root.toggleAttribute("data-care", on);
  apply(read());
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-care-switch]");
    if (!button) return;
    const tell = () => button.setAttribute("aria-pressed", String(root.hasAttribute("data-care")));
    button.hidden = false;
    tell();
    button.addEventListener("click", () => {
      apply(!root.hasAttribute("data-care"));
      tell();
      try {
        localStorage.setItem("care", root.hasAttribute("data-care") ? "on" : "off");
      } catch {
        // as above
      }
    });
  });
})();
