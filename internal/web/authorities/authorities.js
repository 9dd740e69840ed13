// Names and subjects are offered while typing, and subjects by the words of the
// report. Without script they are typed.
(() => {
  let lists = 0;

  // offer fills the list of an input (a datalist, so that the browser's own keys
  // work) with what the library knows.
  function offer(input, address, label) {
    const list = document.createElement("datalist");
    list.id = "offered-" + ++lists;
    input.after(list);
    input.setAttribute("list", list.id);
    input.autocomplete = "off";
    let asked = "", waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const text = input.value.trim();
        if (text.length < 2 || text === asked) return;
        asked = text;
        try {
          const answer = await fetch(address + "?q=" + encodeURIComponent(text), { headers: { Accept: "application/json" } });
          if (!answer.ok || asked !== text) return;
          const found = await answer.json();
          list.replaceChildren(...found.map((one) => {
            const option = document.createElement("option");
            option.value = label(one);
            if (one.form) option.label = one.label + " – " + one.form;
            return option;
          }));
        } catch { /* nothing is offered then */ }
      }, 120);
    });
  }

  for (const input of document.querySelectorAll("input[data-suggest]")) {
    const whole = input.dataset.suggest.endsWith("/names") && input.name === "parent";
    offer(input, input.dataset.suggest, (one) => (whole ? one.id + " · " + one.label : one.label));
  }

  // add puts a subject on a line of its own.
  function add(area, label) {
    const lines = area.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!lines.includes(label)) lines.push(label);
    area.value = lines.join("\n");
  }

  for (const part of document.querySelectorAll("[data-headings]")) {
    const area = document.querySelector("textarea[name=headings]");
    if (!area) continue;
    part.hidden = false;
    const input = part.querySelector("input");
    offer(input, part.dataset.suggestions, (one) => one.label);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (input.value.trim()) add(area, input.value.trim());
      input.value = "";
    });
    fetch(part.dataset.headings, { headers: { Accept: "application/json" } }).then((answer) => (answer.ok ? answer.json() : [])).then((found) => {
      const offers = part.querySelector(".offers");
      offers.hidden = !found.length;
      for (const one of found) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = "+ " + one.label;
        const why = document.createElement("span");
        why.className = "hint";
        why.textContent = " " + (one.words || []).slice(0, 3).map((w) => "“" + w.text + "”" + (w.page ? " p. " + w.page : "") + (w.times > 1 ? " ×" + w.times : "")).concat(one.like ? [one.like] : []).join(", ");
        button.append(why);
        button.addEventListener("click", () => { add(area, one.label); button.remove(); });
        offers.append(button);
      }
    }).catch(() => {});
  }
})();
