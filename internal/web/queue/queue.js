// The queue by keyboard: j and k to the neighbours, Tab to the next doubtful
// field, a click on the page fills the field, Enter accepts, Ctrl+Shift+S saves
// and goes on, r refuses, e holds, u undoes. Every move works by forms too.
(() => {
  const room = document.querySelector("[data-review]");
  const undo = document.querySelector("[data-undo]");
  if (undo) {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "u" || event.metaKey || event.ctrlKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) return;
      event.preventDefault();
      undo.requestSubmit();
    }, true);
  }
  if (!room) return;
  const form = room.querySelector("form.reviewform");
  const doubts = Array.from(form.querySelectorAll("[data-doubt]"));
  for (const offer of room.querySelectorAll("[data-take]")) offer.hidden = false;

  let field = doubts[0] || form.querySelector("input:not([type=hidden]), textarea");
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input:not([type=hidden]):not([type=date]), textarea")) field = event.target;
  });

  const move = (name) => {
    const button = form.querySelector(`[data-move="${name}"]`);
    if (button) form.requestSubmit(button);
  };

  // Before the keys of every page.
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.shiftKey && event.key.toLowerCase() === "s") { event.preventDefault(); move("save"); return; }
    if (command && event.key === "Enter") { event.preventDefault(); move("accept"); return; }
    if (command || event.altKey) return;
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Tab" && doubts.length && !event.defaultPrevented && (typing || event.target === document.body || event.target.id === "main")) {
      const at = doubts.indexOf(document.activeElement);
      const to = at + (event.shiftKey ? -1 : 1);
      if ((at >= 0 || !typing) && to >= 0 && to < doubts.length) { event.preventDefault(); doubts[to].focus(); doubts[to].scrollIntoView({ block: "nearest" }); }
      return;
    }
    if (event.key === "Escape" && typing) { event.target.blur(); return; }
    if (typing || event.target.closest("button, a, summary")) return;
    const link = { j: "[data-queue-next]", k: "[data-queue-previous]" }[event.key];
    if (link) {
      const to = room.querySelector(link);
      event.preventDefault();
      event.stopImmediatePropagation();
      if (to) location.assign(to.href);
    } else if (event.key === "Enter") { event.preventDefault(); move("accept"); }
    else if (event.key === "r" && form.querySelector('[data-move="refuse"]')) {
      event.preventDefault();
      const reason = form.querySelector("#reason");
      reason.dataset.for = "refuse";
      setTimeout(() => reason.focus()); // behind the key itself, which must not be typed
    } else if (event.key === "e" && form.querySelector('[data-move="hold"]')) { event.preventDefault(); setTimeout(() => form.querySelector("#until").focus()); }
  }, true);

  // Enter in a field of one line submits the form by its first button, which
  // only saves; what is meant is told by the field.
  form.addEventListener("submit", (event) => {
    if (!event.submitter || event.submitter.dataset.move !== "enter") return;
    event.preventDefault();
    const at = document.activeElement;
    let meant = "accept";
    if (at && at.id === "reason" && at.dataset.for) meant = at.dataset.for;
    else if (at && at.id === "until" && at.value) meant = "hold";
    setTimeout(() => move(meant)); // a form cannot be submitted while it is being submitted
  });

  const points = (text) => Array.from(text).length;
  const said = document.getElementById("queue-said");

  // fill puts words of the page into the field that had the focus last, and
  // remembers where they stand.
  function fill(text, start, end) {
    const sheet = document.getElementById("reviewsheet");
    if (!field || !text) return;
    field.value = text;
    const agent = /^agent-(\d+)-name$/.exec(field.name);
    const of = agent ? (form.elements[`agent-${agent[1]}-role`].value === "publisher" ? "publisher" : field.name) : field.name;
    let found = form.querySelector(`input[name="found-${of}"]`);
    if (!found) {
      found = document.createElement("input");
      found.type = "hidden";
      found.name = "found-" + of;
      form.append(found);
    }
    found.value = sheet.dataset.file + "/" + sheet.dataset.page + "/" + start + "-" + end;
    field.focus();
    said.textContent = said.dataset.filled;
  }

  room.addEventListener("click", (event) => {
    const offer = event.target.closest("[data-take]");
    if (offer) {
      field = document.getElementById(offer.dataset.take);
      field.value = offer.textContent;
      field.focus();
      return;
    }
    const place = event.target.closest("[data-place]");
    if (place && !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey) { event.preventDefault(); turn(place.href); return; }
    const line = event.target.closest("#reviewsheet tspan") && event.target.closest("#reviewsheet text");
    if (!line || !document.getSelection().isCollapsed) return;
    const words = Array.from(line.querySelectorAll("tspan"));
    const last = words[words.length - 1];
    fill(words.map((w) => w.textContent).join(" "), Number(words[0].dataset.s), Number(last.dataset.s) + points(last.textContent));
  });

  // What was selected on the page goes into the field when the mouse is let go.
  room.addEventListener("pointerup", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const sheet = document.getElementById("reviewsheet");
    if (!sheet.contains(range.commonAncestorContainer)) return;
    const words = Array.from(sheet.querySelectorAll("tspan")).filter((w) => range.intersectsNode(w));
    if (!words.length) return;
    const last = words[words.length - 1];
    fill(words.map((w) => w.textContent).join(" "), Number(words[0].dataset.s), Number(last.dataset.s) + points(last.textContent));
    selection.removeAllRanges();
  });

  let asked = 0;
  async function turn(address) {
    const mine = ++asked;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const sheet = page.getElementById("reviewsheet");
      if (mine !== asked) return;
      if (!answer.ok || !sheet) throw new Error("no page");
      document.getElementById("reviewsheet").replaceWith(document.adoptNode(sheet));
    } catch {
      location.assign(address);
    }
  }

  // The page follows the field; at first it is at the first doubtful one.
  let at = null;
  form.addEventListener("focusin", (event) => {
    const place = event.target.closest(".reviewfield, .reviewagent")?.querySelector("[data-place]");
    if (place && at && place !== at) turn(place.href);
    at = place || at || form;
  });
  if (doubts[0]) doubts[0].focus({ preventScroll: true });
})();

// On the list of the queue: one box ticks all of the page.
(() => {
  const all = document.querySelector("[data-all]");
  if (!all) return;
  all.hidden = false;
  const box = all.querySelector("input");
  const boxes = [...all.closest("form").querySelectorAll("input[name=id]")];
  box.addEventListener("change", () => { for (const one of boxes) one.checked = box.checked; });
  for (const one of boxes) one.addEventListener("change", () => { box.checked = boxes.every((b) => b.checked); });
})();
