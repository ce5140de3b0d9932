// Says whether the Checks panel's count can be relied on. Wagtail counts what axe
// reports and shows 0 where axe was not asked, or got no answer from the preview.
// Only the event "content" comes after an answer from the preview itself.

// What an article says itself: not its lists, citation and similar articles.
const COUNTED = ".article__title h1, .article__lead, .article__body";
const NOT_COUNTED = ".corrections";
const BLOCK_END =
  /<\/(?:p|li|h[1-6]|t[dh]|d[dt]|div|figcaption|blockquote|section)>|<br>/g;
const ANSWER_MS = 20_000; // a long article on a slow machine

const status = document.querySelector("[data-checks-status]");
const counter = document.querySelector(
  '[data-side-panel="checks"] [data-content-checker-count]',
);
const metrics = document.querySelectorAll(
  "[data-content-word-count], [data-content-reading-time], [data-content-readability-score]",
);
const toggle = document.querySelector('[data-side-panel-toggle="checks"]');

let loads = 0; // previews asked for
let asked = 0; // previews that said that they can be checked
let answered = 0; // and that were
let lastAsked = 0; // the number of the newest of these previews
let timer = null;

function show(state) {
  document.documentElement.dataset.checks = state;
  const words = { ...status.dataset, done: "" };
  if (state === "done" && counter.textContent === "0") words.done = words.none;
  status.textContent = words[state];
  if (state !== "done")
    metrics.forEach((metric) => {
      metric.textContent = "–";
    });
}

function run() {
  show("running");
  clearTimeout(timer);
  timer = setTimeout(() => show("failed"), ANSWER_MS);
}

function stop(state) {
  clearTimeout(timer);
  show(state);
}

/** The words of the article in the HTML of the preview; null where there is none. */
function wordsOf(html) {
  const page = new DOMParser().parseFromString(
    html.replace(BLOCK_END, "\n$&"),
    "text/html",
  );
  page.querySelectorAll(NOT_COUNTED).forEach((one) => one.remove());
  const counted = [...page.querySelectorAll(COUNTED)];
  return counted.length
    ? counted.map((one) => one.textContent).join("\n")
    : null;
}

/** Let Wagtail's controller of the preview count these words alone. */
function countArticle({ target }) {
  const controller = window.wagtail.app.getControllerForElementAndIdentifier(
    target,
    "w-preview",
  );
  if (!controller || controller.countsArticle) return;
  const extract = controller.extractContent.bind(controller);
  controller.countsArticle = true;
  controller.extractContent = async (options) => {
    const content = await extract(options);
    const words = content && wordsOf(content.innerHTML);
    return words ? { ...content, innerText: words } : content;
  };
}

function follow() {
  toggle?.insertAdjacentHTML(
    "beforeend",
    '<span class="checks-unknown checks-unknown--toggle" aria-hidden="true">?</span>',
  );
  show("waiting");
  document.addEventListener("w-preview:load", (event) => {
    countArticle(event);
    loads += 1;
    run();
  });
  document.addEventListener("w-preview:json", ({ detail }) => {
    if (!detail.data.is_valid) stop("invalid");
  });
  document.addEventListener("w-preview:error", () => stop("failed"));
  window.addEventListener("message", ({ data, origin }) => {
    if (origin !== window.location.origin) return;
    if (data?.wagtail?.type !== "w-userbar:axe-ready") return;
    asked += 1;
    lastAsked = loads;
  });
  document.addEventListener("w-preview:content", () => {
    answered += 1;
    const isInvalid = document.documentElement.dataset.checks === "invalid";
    if (lastAsked === loads && answered >= asked && !isInvalid) stop("done");
  });
}

if (status && counter) follow();
