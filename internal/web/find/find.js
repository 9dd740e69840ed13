// The number of picked reports beside the button that makes a list of them.
(() => {
  const hint = document.querySelector("[data-picked]");
  if (!hint) return;
  const text = hint.textContent;
  const tell = () => {
    const n = document.querySelectorAll("input[name=id]:checked").length;
    hint.textContent = n ? hint.dataset.picked.replace("{0}", n) : text;
  };
  document.addEventListener("change", tell);
  tell();
})();
