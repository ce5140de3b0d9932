/* Words and dates that the admin's scripts write in English, or in the language of the
   browser, put into the language of the admin as they appear. */
const language = document.documentElement.lang;
// Browsers may lack Kazakh months; Kazakh writes dates in figures as Russian does.
const DATES =
  language === "en"
    ? new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" })
    : new Intl.DateTimeFormat("ru", { dateStyle: "short", timeStyle: "short" });
const HEADING = /^(.+) to (.+) translation$/;
const ZONE_IN_WORDS = / \([^()]*[A-Za-z]{3}[^()]*\)$/;

// Writing the same text again would be observed as a change, without end.
const write = (element, text) => {
  if (element.textContent !== text) {
    element.textContent = text;
  }
};

const translateWords = (words) => (element) => {
  if (words.includes(element.textContent)) {
    write(element, gettext(element.textContent));
  }
};

const translateHeading = (heading) => {
  const found = HEADING.exec(heading.textContent);
  if (found) {
    const [, source, target] = found;
    const text = gettext("%(source)s to %(target)s translation");
    write(heading, interpolate(text, { source, target }, true));
  }
};

const writeDate = (time) => {
  const date = new Date(time.dateTime);
  if (!Number.isNaN(date.getTime())) {
    write(time, DATES.format(date));
  }
};

// "Asia/Almaty: GMT+5 (Kazakhstan Time)": the offset says it in every language.
const dropZoneName = (option) => {
  if (language !== "en") {
    write(option, option.textContent.replace(ZONE_IN_WORDS, ""));
  }
};

const KINDS = [
  [".comment-header__date time", writeDate],
  [".Tooltip__button", translateWords(["Edit", "Remove"])],
  [".w-dropdown__toggle .w-sr-only", translateWords(["More actions"])],
  [".js-translation-editor h3", translateHeading],
  ["select[name$=current_time_zone] option", dropZoneName],
];

const translateIn = (root) => {
  for (const [selector, translate] of KINDS) {
    if (root.matches(selector)) {
      translate(root);
    }
    root.querySelectorAll(selector).forEach(translate);
  }
};

const elementOf = (node) =>
  node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;

new MutationObserver((changes) => {
  for (const change of changes) {
    const added = change.type === "childList" ? change.addedNodes : [change.target];
    for (const node of added) {
      const element = elementOf(node);
      if (element) {
        translateIn(element);
      }
    }
  }
}).observe(document.body, { childList: true, subtree: true, characterData: true });
translateIn(document.body);
