/* The segment page with JavaScript: nothing that was written is left behind unsaved,
   Ctrl+Enter saves, and a suggestion is put into its field to be worked on. */
const form = document.querySelector("[data-segments]");

if (form) {
  const fields = [...form.querySelectorAll("textarea[name^='text-']")];
  const isChanged = () => fields.some((field) => field.value !== field.defaultValue);
  let isSubmitted = false;

  form.addEventListener("submit", () => {
    isSubmitted = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSubmitted && isChanged()) {
      event.preventDefault();
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const save = event.target.closest(".segment")?.querySelector("[value^='save:']");
      form.requestSubmit(save ?? undefined);
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use]");
    if (button) {
      event.preventDefault();
      const field = button.closest(".segment").querySelector("textarea");
      field.value = button.dataset.use;
      field.focus();
    }
  });
}
