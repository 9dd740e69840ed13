// The search of the static library. Its index lies in pieces beside it, loaded
// by script elements: a page opened from a stick may fetch nothing.
(() => {
  const form = document.getElementById("static-search");
  const said = document.getElementById("static-said");
  const list = document.getElementById("static-hits");
  const most = 40;
  let docs = [];
  let shards = new Set();
  const terms = new Map();
  const texts = new Map();
  const loading = new Map();

  window.greyshelfDocs = (all) => { docs = all; start(); };
  window.greyshelfShards = (names) => { shards = new Set(names); };
  window.greyshelfTerms = (name, found) => { terms.set(name, found); };
  window.greyshelfTexts = (n, pages) => { texts.set(n, pages); };

  function load(src) {
    if (!loading.has(src)) {
      loading.set(src, new Promise((done) => {
        const s = document.createElement("script");
        s.src = src;
        s.onload = s.onerror = () => done();
        document.head.append(s);
      }));
    }
    return loading.get(src);
  }

  // fold does with what is asked what was done with the texts.
  function fold(text) {
    const plain = text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC");
    return (plain.match(/[\p{L}\p{Nd}]+/gu) || []).map((w) => Array.from(w).slice(0, 40).join("")).filter((w) => Array.from(w).length > 1 || /\p{Nd}/u.test(w));
  }

  const shard = (term) => Array.from(term).slice(0, 2).map((c) => c.codePointAt(0).toString(16)).join("_");

  async function search(query) {
    const wanted = [...new Set(fold(query))];
    if (!wanted.length) return [];
    await Promise.all(wanted.map((t) => shards.has(shard(t)) ? load("i/" + shard(t) + ".js") : null));
    // Every word must stand on the page, or in the record of its report.
    let scores = null;
    for (const term of wanted) {
      const places = (terms.get(shard(term)) || {})[term] || [];
      const weight = Math.log(1 + docs.length / (1 + new Set(places.map((p) => p[0])).size));
      const here = new Map();
      const records = new Map();
      for (const [doc, page, n] of places) {
        const score = weight * (1 + Math.log(n)) * (page ? 1 : 2);
        here.set(doc + " " + page, score);
        if (!page) records.set(doc, score);
      }
      const next = new Map();
      if (scores === null) for (const [key, score] of here) next.set(key, score);
      else for (const [key, score] of scores) {
        const doc = Number(key.split(" ")[0]);
        const more = here.get(key) ?? records.get(doc);
        if (more !== undefined) next.set(key, score + more);
      }
      scores = next;
    }
    const byDoc = new Map();
    for (const [key, score] of scores) {
      const [doc, page] = key.split(" ").map(Number);
      const hit = byDoc.get(doc) || { doc, score: 0, pages: [] };
      hit.score = Math.max(hit.score, score);
      if (page) hit.pages.push([page, score]);
      byDoc.set(doc, hit);
    }
    return { wanted, hits: [...byDoc.values()].sort((a, b) => b.score - a.score || a.doc - b.doc) };
  }

  // snippet gives some words around the first one that was searched.
  function snippet(text, wanted) {
    const words = text.split(" ");
    const at = Math.max(0, words.findIndex((w) => fold(w).some((f) => wanted.includes(f))));
    const p = document.createElement("p");
    p.className = "snippet";
    p.dir = "auto";
    for (const w of words.slice(Math.max(0, at - 12), at + 25)) {
      const marked = fold(w).some((f) => wanted.includes(f));
      const piece = document.createElement(marked ? "mark" : "span");
      piece.textContent = w;
      p.append(piece, " ");
    }
    return p;
  }

  async function show(query) {
    const found = await search(query);
    list.replaceChildren();
    if (!found.hits || !found.hits.length) { said.textContent = query.trim() ? said.dataset.none : ""; return; }
    said.textContent = said.dataset.found.replace("{0}", found.hits.length);
    for (const hit of found.hits.slice(0, most)) {
      const [title, byline, address, pages] = docs[hit.doc];
      const li = document.createElement("li");
      li.className = "result";
      const h = document.createElement("h2");
      const a = document.createElement("a");
      a.href = "" + address;
      a.dir = "auto";
      a.textContent = title;
      h.append(a);
      const by = document.createElement("p");
      by.className = "byline";
      by.textContent = byline;
      li.append(h, by);
      hit.pages.sort((x, y) => y[1] - x[1] || x[0] - y[0]);
      const where = document.createElement("p");
      where.className = "hitpages";
      for (const [page] of hit.pages.slice(0, 6)) {
        const [label, link] = pages[page - 1];
        const one = document.createElement(link ? "a" : "span");
        if (link) one.href = link;
        one.textContent = said.dataset.page.replace("{0}", label);
        where.append(one, " ");
      }
      if (where.childNodes.length) li.append(where);
      list.append(li);
      if (hit.pages.length) {
        load("t/" + hit.doc + ".js").then(() => {
          const text = (texts.get(hit.doc) || [])[hit.pages[0][0] - 1];
          if (text) li.append(snippet(text, found.wanted));
        });
      }
    }
  }

  function start() {
    const asked = new URLSearchParams(location.search).get("q") || "";
    form.elements.q.value = asked;
    show(asked);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(form.elements.q.value);
  });
})();
