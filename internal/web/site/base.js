// What every page shares: keys and small signs. Everything works without it.
const greyshelf = {
  // flash shows for a moment on a button that it is done.
  flash(button) {
    const text = button.dataset.text || button.textContent;
    button.dataset.text = text;
    button.textContent = button.dataset.done;
    button.classList.add("done");
    setTimeout(() => { button.textContent = text; button.classList.remove("done"); }, 1600);
  },

  // move goes to the next (1) or previous (-1) link marked as a hit.
  move(step) {
    const hits = Array.from(document.querySelectorAll("a[data-hit]"));
    if (!hits.length) return;
    const at = hits.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : hits.length - 1) : Math.min(Math.max(at + step, 0), hits.length - 1);
    hits[next].focus();
    hits[next].scrollIntoView({ block: "center" });
  },

  // key does what a key stands for and says whether it stands for anything.
  key(name) {
    const follow = (selector) => { const a = document.querySelector(selector); if (a) a.click(); return !!a; };
    switch (name) {
      case "/": {
        const box = document.querySelector("input[data-search]");
        if (box) { box.focus(); box.select(); }
        return !!box;
      }
      case "j": this.move(1); return true;
      case "k": this.move(-1); return true;
      case "?": document.getElementById("keys").showModal(); return true;
      case "ArrowLeft": return document.dir === "rtl" ? follow("a[data-next]") : follow("a[data-previous]");
      case "ArrowRight": return document.dir === "rtl" ? follow("a[data-previous]") : follow("a[data-next]");
    }
    return false;
  },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !document.getSelection().isCollapsed) return;
  if (greyshelf.key(event.key)) event.preventDefault();
});
