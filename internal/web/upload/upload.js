// Files are sent one by one, each with its progress and its outcome; dropped
// files too.
(() => {
  const form = document.querySelector("form[data-drop]");
  const box = document.getElementById("progress");
  if (!form || !box) return;
  const input = form.querySelector("input[type=file]");
  const list = box.querySelector("ul");
  const queue = [];
  let busy = false;
  form.classList.add("live");
  form.querySelector("[data-send]").hidden = true;
  form.querySelector("[data-drophint]").hidden = false;

  function element(name, text, className) {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    if (className) e.className = className;
    return e;
  }

  function enqueue(files) {
    for (const file of files) {
      const row = element("li");
      const bar = document.createElement("progress");
      bar.max = 1; bar.value = 0;
      const name = element("bdi", file.name, "name");
      const status = element("span", box.dataset.waiting, "status");
      row.append(name, bar, status);
      list.append(row);
      queue.push({ file, row, bar, status });
    }
    box.hidden = queue.length === 0 && !list.children.length;
    send();
  }

  function send() {
    const next = busy ? null : queue.shift();
    if (!next) return;
    busy = true;
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("files", next.file, next.file.name);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) next.bar.value = event.loaded / event.total;
      next.status.textContent = event.loaded === event.total ? box.dataset.reading : box.dataset.sending;
    });
    request.addEventListener("loadend", () => {
      show(next, request);
      busy = false;
      send();
    });
    next.status.textContent = box.dataset.sending;
    request.send(body);
  }

  function show(item, request) {
    let result = { status: "refused", reason: box.dataset.failed };
    try { if (request.status === 200) result = JSON.parse(request.responseText.split("\n")[0]); } catch { /* the words above say it */ }
    item.bar.remove();
    item.row.className = result.status;
    item.status.textContent = box.dataset[result.status] || result.status;
    if (result.report) {
      const a = element("a", result.title || result.report, "title");
      a.href = box.dataset.report + result.report;
      a.dir = "auto";
      item.row.append(a);
    }
    if (result.like) {
      const a = element("a", result.like, "like");
      a.href = box.dataset.report + result.report + "/matches";
      item.row.append(a);
    }
    if (result.reason) item.row.append(element("span", result.reason, "reason"));
  }

  input.addEventListener("change", () => { enqueue(input.files); input.value = ""; });
  for (const name of ["dragenter", "dragover"]) form.addEventListener(name, (e) => { e.preventDefault(); form.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, (e) => { e.preventDefault(); form.classList.remove("over"); });
  form.addEventListener("drop", (e) => enqueue(e.dataTransfer.files));
})();
