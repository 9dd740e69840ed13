// Buttons that copy the text of another element.
document.querySelectorAll("button[data-copy]").forEach((button) => {
  const from = document.getElementById(button.dataset.copy);
  if (!from || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText("value" in from ? from.value : from.textContent);
    greyshelf.flash(button);
  });
});
