// On the page of findings the next one is shown without loading the page anew:
// j and k or the arrow keys move. Every link works without this too.
(() => {
  const room = document.querySelector("[data-findings]");
  if (!room) return;
  let asked = 0;

  async function show(link) {
    const mine = ++asked;
    for (const li of room.querySelectorAll("li.current")) {
      li.classList.remove("current");
      li.querySelector("[data-finding]").removeAttribute("aria-current");
    }
    link.closest("li").classList.add("current");
    link.setAttribute("aria-current", "true");
    link.focus({ preventScroll: true });
    link.closest("li").scrollIntoView({ block: "nearest" });
    history.replaceState(null, "", link.href);
    try {
      const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const sheet = page.getElementById("sheet");
      if (mine !== asked) return; // another one was asked for in between
      if (!answer.ok || !sheet) throw new Error("no sheet");
      document.getElementById("sheet").replaceWith(document.adoptNode(sheet));
    } catch {
      location.assign(link.href);
    }
  }

  room.addEventListener("click", (event) => {
    const link = event.target.closest("[data-finding]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link);
  });

  // Before the keys of every page, which would look for hits.
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = Array.from(room.querySelectorAll("[data-finding]")).filter((a) => a.checkVisibility());
    const at = links.findIndex((a) => a.hasAttribute("aria-current"));
    const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
    event.preventDefault();
    event.stopImmediatePropagation();
    if (next && next !== links[at]) show(next);
  }, true);
})();
