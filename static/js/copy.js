/* Puts a button under every text with data-copy that copies it, or what that says. A
   text with data-copy-name has a heading of that id, which names its button too.

   Labels come from the nearest element with data-copy-label, data-copied-label and
   data-failed-label. Without this script the texts can be selected by hand. */

const SHOWN_MILLISECONDS = 4000; // long enough to be read, and to be read out

class Copying {
  constructor(text, labels) {
    this.text = text;
    this.labels = labels;
    this.value = text.dataset.copy || text.textContent;
    this.button = document.createElement("button");
    this.status = document.createElement("span");
    this.build();
  }

  build() {
    const { text, button, status, labels } = this;
    const line = document.createElement("p");
    line.className = "copy";
    button.type = "button";
    button.className = "copy__button";
    button.textContent = labels.copyLabel;
    const heading = text.dataset.copyName;
    if (heading) {
      button.id = `${heading}-copy`;
      button.setAttribute("aria-labelledby", `${button.id} ${heading}`);
    }
    status.className = "copy__status";
    status.setAttribute("role", "status");
    line.append(button, status);
    text.after(line);
    button.addEventListener("click", () => this.copy());
  }

  async copy() {
    const copied = await this.write();
    this.say(copied ? this.labels.copiedLabel : this.labels.failedLabel);
  }

  /* Where the clipboard is refused, as on a page without encryption, the text is
     selected, so that one key copies it. */
  async write() {
    try {
      await navigator.clipboard.writeText(this.value);
      return true;
    } catch {
      getSelection().selectAllChildren(this.text);
      return this.writeSelected();
    }
  }

  /* Copies as the key does, with the value in place of the selected text. */
  writeSelected() {
    const put = (event) => {
      event.clipboardData.setData("text/plain", this.value);
      event.preventDefault();
    };
    document.addEventListener("copy", put);
    try {
      return document.execCommand("copy");
    } finally {
      document.removeEventListener("copy", put);
    }
  }

  say(message) {
    clearTimeout(this.timer);
    this.status.textContent = message;
    this.timer = setTimeout(() => {
      this.status.textContent = "";
    }, SHOWN_MILLISECONDS);
  }
}

for (const text of document.querySelectorAll("[data-copy]")) {
  const labelled = text.closest("[data-copy-label]");
  if (labelled) {
    new Copying(text, labelled.dataset);
  }
}
