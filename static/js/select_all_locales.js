// "Select all" in wagtail-localize's form of the languages to translate into.

const all = document.querySelector("[name=select_all]");
all?.addEventListener("change", () => {
  for (const box of document.querySelectorAll("[name=locales]")) box.checked = all.checked;
});
