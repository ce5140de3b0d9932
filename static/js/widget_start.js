// Starts a widget of Wagtail where the element <widget-start> is inserted.
//
// A custom element, because it starts synchronously like the inline script that it
// replaces: the code that inserts a row sets the value of its chooser immediately. Only
// the kinds named here can be started, so that injected HTML can call nothing else.
// newsroom/admin/widget_starts.py and templates/wagtailadmin write the elements.

const CHOOSERS = ["Chooser", "DocumentChooser", "ImageChooser", "PageChooser", "SnippetChooser"];
const PANELS = ["InlinePanel", "MultipleChooserPanel"];
const FUNCTIONS = ["createTaskChooser", "initDateChooser", "initDateTimeChooser", "initTimeChooser"];

const start = (kind, id, options) => {
  if (CHOOSERS.includes(kind)) new window[kind](id, options);
  else if (PANELS.includes(kind)) new window[kind](options);
  else if (FUNCTIONS.includes(kind)) window[kind](id, options);
  else throw new Error(`Unknown kind of widget: ${kind}`);
};

class WidgetStart extends HTMLElement {
  connectedCallback() {
    // Rows that are moved, and copies of them, are not started again.
    if ("started" in this.dataset) return;
    this.dataset.started = "";
    const { kind, options } = this.dataset;
    start(kind, this.dataset.for, JSON.parse(options));
  }
}

customElements.define("widget-start", WidgetStart);
