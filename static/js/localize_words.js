/* Words that wagtail-localize's editor has in English only, put into the language of
   the admin as they appear. */
const editor = document.querySelector(".js-translation-editor");
const HEADING = /^(.+) to (.+) translation$/;

const translate = () => {
  for (const label of editor.querySelectorAll(".w-dropdown__toggle .w-sr-only")) {
    if (label.textContent === "More actions") {
      label.firstChild.data = gettext("More actions");
    }
  }
  for (const heading of editor.querySelectorAll("h3")) {
    const found = HEADING.exec(heading.textContent);
    if (found) {
      const [, source, target] = found;
      heading.textContent = interpolate(
        gettext("%(source)s to %(target)s translation"),
        { source, target },
        true,
      );
    }
  }
};

if (editor && document.documentElement.lang !== "en") {
  new MutationObserver(translate).observe(editor, { childList: true, subtree: true });
}
