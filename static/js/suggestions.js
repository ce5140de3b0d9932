/* Offers names, headlines and words while a reader types in a search field.

   Every field with data-suggestions (the address to ask) becomes a combobox with a list
   of its own, as the ARIA Authoring Practices describe one. Without this script the
   form works all the same. */

const PAUSE_MILLISECONDS = 150; // between keys: who types on is not asked for
const SHORTEST = 2; // letters: one begins too much to be of use
const REMEMBERED = 50; // answers, so that a deleted letter needs no new one

class Suggestions {
  constructor(field) {
    this.field = field;
    this.list = document.createElement("ul");
    this.status = document.createElement("div");
    this.answers = new Map();
    this.lines = [];
    this.active = -1;
    this.build();
    this.listen();
  }

  build() {
    const { field, list, status } = this;
    list.id = `${field.id}-suggestions`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.suggestionsLabel);
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", list.id);
    field.parentElement.append(list, status);
  }

  listen() {
    const { field, list } = this;
    field.addEventListener("input", () => this.wait());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => this.close());
    // The field keeps its focus while the list is clicked or scrolled.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...list.children].indexOf(option), event);
    });
    addEventListener("pagehide", () => this.close());
  }

  wait() {
    this.highlight(-1);
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.field.value.trim().length < SHORTEST) {
      this.close();
    } else {
      this.timer = setTimeout(() => this.ask(), PAUSE_MILLISECONDS);
    }
  }

  async ask() {
    const address = this.address();
    let answer = this.answers.get(address);
    if (!answer) {
      this.request = new AbortController();
      try {
        const response = await fetch(address, { signal: this.request.signal });
        if (!response.ok) throw new Error(response.status);
        answer = await response.json();
      } catch {
        // Aborted, or away: a reader who types needs no error.
        if (address === this.address()) this.close();
        return;
      }
      if (this.answers.size >= REMEMBERED) this.answers.clear();
      this.answers.set(address, answer);
    }
    if (address === this.address() && document.activeElement === this.field) {
      this.show(answer);
    }
  }

  /* The address to ask: the form as it stands, with the text of this moment. */
  address() {
    const form = new FormData(this.field.form);
    const parameters = new URLSearchParams();
    for (const [name, value] of form) {
      parameters.append(name, name === "q" ? value.trim() : value);
    }
    return `${this.field.dataset.suggestions}?${parameters}`;
  }

  show({ suggestions, announcement }) {
    this.lines = suggestions;
    this.list.replaceChildren(
      ...suggestions.map((line, number) => this.option(line, number)),
    );
    this.highlight(-1);
    this.list.scrollTop = 0;
    this.list.hidden = !suggestions.length;
    this.field.setAttribute("aria-expanded", String(suggestions.length > 0));
    this.status.textContent = announcement;
  }

  option(line, number) {
    const option = document.createElement("li");
    const text = document.createElement("span");
    option.id = `${this.list.id}-${number}`;
    option.className = "suggestion";
    option.setAttribute("role", "option");
    text.textContent = line.text;
    text.lang = line.language;
    text.dir = "auto"; // its language may run against the page's
    option.append(text);
    if (line.label) {
      const label = document.createElement("span");
      label.className = "suggestion__label";
      label.textContent = line.label;
      option.append(" ", label);
    }
    return option;
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
    this.highlight(-1);
  }

  press(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
      else if (this.field.value.trim().length >= SHORTEST) this.ask();
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active, event);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // which would empty the field as well
      this.close();
    }
  }

  /* Through the lines, and back to what was typed after the last and before the first. */
  move(step) {
    const places = this.lines.length + 1;
    this.highlight(((this.active + 1 + step + places) % places) - 1);
  }

  highlight(number) {
    this.active = number;
    [...this.list.children].forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === number));
    });
    if (number < 0) {
      this.field.removeAttribute("aria-activedescendant");
    } else {
      const option = this.list.children[number];
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  choose(number, event) {
    const { url } = this.lines[number];
    if (event.ctrlKey || event.metaKey) {
      open(url, "_blank", "noopener");
    } else {
      location.assign(url);
    }
  }
}

for (const field of document.querySelectorAll("input[data-suggestions]")) {
  new Suggestions(field);
}
