// A selection on a page becomes a quotation with its citation, and a passage
// with a permanent address.
(() => {
  const sheet = document.querySelector("[data-sheet]");
  const bar = document.getElementById("selected");
  if (!sheet || !bar) return;
  const link = bar.querySelector("[data-act=link]");
  const button = bar.querySelector("[data-act=quote]");
  const points = (text) => Array.from(text).length;

  // edge gives the place in the page's text, in code points, of one end of the
  // selection; null where it lies outside the words.
  function edge(node, offset, end) {
    if (node.nodeType !== Node.TEXT_NODE) {
      const child = node.childNodes[end ? offset - 1 : offset] || node;
      const words = child.querySelectorAll ? child.querySelectorAll("[data-s]") : [];
      const word = child.matches && child.matches("[data-s]") ? child : words[end ? words.length - 1 : 0];
      return word ? Number(word.dataset.s) + (end ? points(word.textContent) : 0) : null;
    }
    let word = node.parentElement.closest("[data-s]");
    if (word) return Number(word.dataset.s) + points(node.data.slice(0, offset));
    word = end ? node.previousSibling : node.nextSibling;
    return word && word.dataset ? Number(word.dataset.s) + (end ? points(word.textContent) : 0) : null;
  }

  let quote = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) { bar.hidden = true; return; }
    const range = selection.getRangeAt(0);
    if (!sheet.contains(range.commonAncestorContainer)) { bar.hidden = true; return; }
    const start = edge(range.startContainer, range.startOffset, false);
    const end = edge(range.endContainer, range.endOffset, true);
    if (start === null || end === null || start >= end) { bar.hidden = true; return; }
    const span = "/" + start + "-" + end;
    quote = "“" + selection.toString().split(/\s+/).filter(Boolean).join(" ") + "” " + bar.dataset.citation + " " +
      new URL(sheet.dataset.sheet + span, location.href).href;
    link.href = sheet.dataset.sheet + span;
    bar.hidden = false;
  });
  button.hidden = !navigator.clipboard;
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(quote);
    greyshelf.flash(button);
  });
})();
