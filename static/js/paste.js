/* Pasting into the rich text of an article: the server splits the HTML of the clipboard
   into blocks, which are inserted at the caret. A text within another block, such as a
   fact box, gets paragraphs only. Text without HTML, and what was copied from the editor
   itself, is left to the editor. */
const { pasteUrl, leftOut, asText } =
  document.querySelector("script[data-paste-url]").dataset;

class Refusal extends Error {}

const fieldOf = (target) => {
  const node = target.closest?.(".Draftail-Editor");
  const widget = node?.closest("[data-streamfield-widget]");
  const editor = widget?.querySelector("input")?.draftailEditor;
  if (!editor) return null;
  const stream = target.closest("#body-root")?.rootBlock;
  const child = stream?.children.find(({ element }) => element.contains(target));
  const isParagraph = child?.type === "paragraph";
  const element = isParagraph ? child.element : widget;
  return { stream, child, editor, isParagraph, element };
};

const item = ({ text, words }) => {
  const made = document.createElement("li");
  made.textContent = text;
  words.forEach((one, number) => {
    const quotation = document.createElement("q");
    quotation.textContent = one;
    made.append(number ? ", " : " ", quotation);
  });
  return made;
};

/* Show what was left out below the field, until the next paste. */
const tell = (element, heading, messages) => {
  for (const old of document.querySelectorAll("[data-paste-report]")) old.remove();
  if (!heading) return;
  const note = document.createElement("div");
  note.className = "help-block help-warning";
  note.dataset.pasteReport = "";
  note.setAttribute("role", "status");
  const first = document.createElement("p");
  first.textContent = heading;
  const list = document.createElement("ul");
  list.append(...messages.map(item));
  note.append(first, list);
  element.append(note);
};

const length = (text) => [...text].length; // ranges count characters, not UTF-16 units

const joined = (before, after) => {
  const moved = (range) => ({ ...range, offset: range.offset + length(before.text) });
  return {
    ...before,
    text: before.text + after.text,
    inlineStyleRanges: [
      ...before.inlineStyleRanges,
      ...after.inlineStyleRanges.map(moved),
    ],
    entityRanges: [...before.entityRanges, ...after.entityRanges.map(moved)],
  };
};

/* Give the entities of a text keys of their own, so that two texts can be one. */
const renamed = (raw, prefix) => ({
  entityMap: Object.fromEntries(
    Object.entries(raw.entityMap).map(([key, entity]) => [prefix + key, entity]),
  ),
  blocks: raw.blocks.map((block) => ({
    ...block,
    entityRanges: block.entityRanges.map((range) => ({
      ...range,
      key: prefix + range.key,
    })),
  })),
});

const EMPTY = {
  blocks: [{ text: "", type: "unstyled", inlineStyleRanges: [], entityRanges: [] }],
  entityMap: {},
};

const rawOf = (state) => window.Draftail.serialiseEditorStateToRaw(state) ?? EMPTY;

/* What stands before and after the selection, which a paste replaces. */
const around = (state) => {
  const selection = state.getSelection();
  const end = selection.merge({
    anchorKey: selection.getEndKey(),
    anchorOffset: selection.getEndOffset(),
    focusKey: selection.getEndKey(),
    focusOffset: selection.getEndOffset(),
    isBackward: false,
  });
  const behind = state.constructor.acceptSelection(state, end);
  return {
    ...window.draftail.splitState(state),
    stateAfter: window.draftail.splitState(behind).stateAfter,
  };
};

/* Insert the text of a single paragraph block at the caret. */
const insertInline = (editor, block) => {
  const state = editor.getEditorState();
  const { stateBefore, stateAfter } = around(state);
  const parts = [rawOf(stateBefore), JSON.parse(block.value), rawOf(stateAfter)].map(
    (raw, number) => renamed(raw, `${number}-`),
  );
  const [before, pasted, after] = parts.map(({ blocks }) => blocks);
  // The server numbers paragraphs; here they get keys that no other paragraph has.
  const inserted = pasted.map(({ key, ...block }) => block);
  const blocks = [...before];
  let caret = null;
  for (const group of [inserted, after]) {
    const [first, ...others] = group;
    blocks.push(joined(blocks.pop(), first), ...others);
    caret ??= { block: blocks.length - 1, offset: blocks.at(-1).text.length };
  }
  const entityMap = Object.assign({}, ...parts.map((part) => part.entityMap));
  const next = window.Draftail.createEditorStateFromRaw({ blocks, entityMap });
  const content = next.getCurrentContent();
  const { constructor: EditorState } = state;
  const pushed = EditorState.push(state, content, "insert-fragment");
  const key = content.getBlocksAsArray()[caret.block].getKey();
  const place = {
    anchorKey: key, anchorOffset: caret.offset,
    focusKey: key, focusOffset: caret.offset, isBackward: false,
  };
  const selection = pushed.getSelection().merge(place);
  editor.onChange(EditorState.forceSelection(pushed, selection));
};

const insertBlocks = ({ stream, child, editor }, blocks) => {
  const state = editor.getEditorState();
  const isEmpty = !state.getCurrentContent().getPlainText().trim();
  let place = stream.children.indexOf(child) + 1;
  if (!isEmpty) {
    const { stateBefore, stateAfter, shouldMoveCommentFn } = around(state);
    const rest = stateAfter.getCurrentContent().getPlainText().trim();
    const start = stateBefore.getCurrentContent().getPlainText().trim();
    if (rest && start) child.split(stateBefore, stateAfter, shouldMoveCommentFn, {});
    else if (rest) place -= 1; // the caret stands at the start
  }
  blocks.forEach(({ type, value }, number) => {
    stream.insert({ type, value, id: crypto.randomUUID?.() }, place + number, {});
  });
  const last = stream.children[place + blocks.length - 1];
  if (isEmpty) stream.deleteBlock(stream.children.indexOf(child));
  last.focus?.();
  return last;
};

const insertText = (editor, text) => {
  const value = JSON.stringify({
    blocks: text.split(/\r?\n/).map((line) => ({
      text: line, type: "unstyled", depth: 0, inlineStyleRanges: [], entityRanges: [],
    })),
    entityMap: {},
  });
  insertInline(editor, { value });
};

const paste = async (field, html, text) => {
  try {
    const url = field.isParagraph ? pasteUrl : `${pasteUrl}?only=paragraphs`;
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "X-CSRFToken": window.wagtailConfig.CSRF_TOKEN,
        "X-Requested-With": "XMLHttpRequest",
      },
      body: html,
    });
    const { blocks, is_inline: isInline, messages, error } = await answer.json();
    if (error) throw new Refusal(error);
    if (isInline) insertInline(field.editor, blocks[0]);
    const hasBlocks = blocks.length && !isInline;
    const { element } = hasBlocks ? insertBlocks(field, blocks) : field;
    tell(element, messages.length && leftOut, messages);
  } catch (error) {
    if (text) insertText(field.editor, text); // nothing that was pasted is lost
    const isOurs = error instanceof Refusal;
    tell(field.element, asText, isOurs ? [{ text: error.message, words: [] }] : []);
  }
};

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html");
    const field = html && fieldOf(event.target);
    if (!field || /data-(?:editor|offset-key)=/.test(html)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    paste(field, html, event.clipboardData.getData("text/plain"));
  },
  true,
);
