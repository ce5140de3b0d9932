/* Wagtail's rich text editor writes into its form field a quarter of a second after the
   last key. What was typed just before the form is sent is written here. */
const OF_THE_EDITOR = /^(?:COMMENT-|STYLE_RERENDER)/;

document.addEventListener(
  "submit",
  ({ target }) => {
    for (const node of target.querySelectorAll(".Draftail-Editor")) {
      const input = node.closest("[data-streamfield-widget]")?.querySelector("input");
      const state = input?.draftailEditor?.getEditorState();
      if (state) {
        const raw = window.Draftail.serialiseEditorStateToRaw(state);
        for (const block of raw?.blocks ?? []) {
          block.inlineStyleRanges = block.inlineStyleRanges.filter(
            ({ style }) => !OF_THE_EDITOR.test(style),
          );
        }
        input.value = JSON.stringify(raw);
      }
    }
  },
  true,
);
