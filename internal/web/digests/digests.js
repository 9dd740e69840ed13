// Composing an issue: reports can be dragged within and between sections. The
// form's own fields stand in each item, so the new order is what it sends.
(() => {
  const form = document.querySelector("form[data-arrange]");
  if (!form) return;
  form.classList.add("arranging");
  let dragged = null;
  for (const item of form.querySelectorAll("[data-item]")) {
    const handle = item.querySelector("[data-handle]");
    handle.addEventListener("pointerdown", () => { item.draggable = true; });
    handle.addEventListener("pointerup", () => { item.draggable = false; });
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      item.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    item.addEventListener("dragend", () => {
      item.draggable = false;
      item.classList.remove("dragged");
      dragged = null;
    });
  }
  for (const list of form.querySelectorAll(".items")) {
    list.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      const after = [...list.querySelectorAll("[data-item]")].find((other) => {
        const box = other.getBoundingClientRect();
        return other !== dragged && event.clientY < box.top + box.height / 2;
      });
      list.insertBefore(dragged, after || null);
    });
    list.addEventListener("drop", (event) => event.preventDefault());
  }
})();
