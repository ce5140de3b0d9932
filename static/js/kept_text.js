/* Keep what is typed in the admin's forms in this browser until the server has confirmed
   that it is saved (newsroom/web/kept_text.py), and bring it back after a session
   has ended, a CSRF token was stale or the browser was closed.

   A form with data-keep has its fields filled again. Wagtail's own editors build their
   fields by script: what was typed there is offered, and sent again as a draft.
   Copies are named by user and path, so that nobody is shown another user's text; they
   are removed at logout, when they are confirmed, and after some days. */

const PREFIX = "kept-text:";
const MAX_AGE_MS = 3 * 24 * 3600 * 1000;
const FRESH_MS = 10 * 60 * 1000; // a copy about which the login page speaks
const CONFIRMED = "kept_text_saved";
const FIELDS =
  "textarea, select, input:not([type=hidden], [type=file], [type=password], [type=submit])";

const config = document.querySelector("[data-kept-text]");
const words = config?.dataset ?? {};
const user = words.user ?? "";

function records() {
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) {
      try {
        found.push([key, JSON.parse(localStorage.getItem(key))]);
      } catch {
        localStorage.removeItem(key);
      }
    }
  }
  return found;
}

function forgetConfirmed() {
  const cookie = document.cookie.match(new RegExp(`(?:^|; )${CONFIRMED}=([\\w-]+)`));
  for (const [key, record] of records()) {
    const isOld = !(Date.now() - record.time < MAX_AGE_MS);
    if (isOld || (cookie && record.name === cookie[1])) {
      localStorage.removeItem(key);
    }
  }
  if (cookie) {
    document.cookie = `${CONFIRMED}=; path=/; max-age=0`;
  }
}

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text ?? "";
  made.className = className;
  return made;
}

function button(text, action) {
  const made = element("button", text, "button button-small button-secondary");
  made.type = "button";
  // On a narrow screen a long label goes on in a second line.
  Object.assign(made.style, { height: "auto", maxWidth: "100%", whiteSpace: "normal" });
  made.addEventListener("click", action);
  return made;
}

function notice(...children) {
  const made = element("div", "", "help-block help-warning");
  made.setAttribute("role", "status");
  made.dataset.keptNotice = "";
  made.append(...children);
  return made;
}

class KeptForm {
  constructor(form, number) {
    this.form = form;
    this.label = form.dataset.keep || form.id || number;
    this.others = {}; // texts that have no field here, or one with another's text
    this.name = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  }

  /* Wagtail's form for a new page becomes that of the page once it is saved. */
  get key() {
    const action = this.form.getAttribute("action") || location.href;
    return `${PREFIX}${user}:${new URL(action, location.href).pathname}:${this.label}`;
  }

  load() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  store(content) {
    const record = { ...content, name: this.name, time: Date.now() };
    try {
      localStorage.setItem(this.key, JSON.stringify(record));
    } catch {
      if (!this.hasWarned) {
        this.hasWarned = true;
        this.form.prepend(notice(element("p", words.full)));
      }
    }
  }

  forget() {
    localStorage.removeItem(this.key);
  }

  /* Name the copy in what is sent, so that the answer can confirm it. */
  mark(form = this.form) {
    let field = form.querySelector("input[name=kept_text]");
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "kept_text";
      form.append(field);
    }
    field.value = this.name;
  }
}

/* A form whose fields the server writes: each is filled again. */
class FieldsForm extends KeptForm {
  start() {
    this.restore(this.load());
    const save = () => this.save();
    this.form.addEventListener("input", save);
    this.form.addEventListener("change", save);
    this.form.addEventListener("submit", () => {
      save();
      this.mark();
    });
  }

  fields() {
    return [...this.form.querySelectorAll(FIELDS)].filter((field) => field.name);
  }

  nameOf(field) {
    const isChoice = field.type === "checkbox" || field.type === "radio";
    return isChoice ? `${field.name}=${field.value}` : field.name;
  }

  value(field) {
    if (field.type === "checkbox" || field.type === "radio") {
      return field.checked;
    }
    return field.value;
  }

  written(field) {
    if (field.type === "checkbox" || field.type === "radio") {
      return field.defaultChecked;
    }
    if (field.options) {
      const chosen = [...field.options].find((option) => option.defaultSelected);
      return (chosen ?? field.options[0])?.value ?? "";
    }
    return field.defaultValue;
  }

  put(field, value) {
    if (typeof value === "boolean") {
      field.checked = value;
    } else {
      field.value = value;
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  save() {
    const fields = { ...this.others };
    for (const field of this.fields()) {
      const [value, was] = [this.value(field), this.written(field)];
      if (value !== was) {
        fields[this.nameOf(field)] = { value, was };
      }
    }
    if (Object.keys(fields).length) {
      this.store({ fields });
    } else {
      this.forget();
    }
  }

  restore(record) {
    if (!record?.fields) {
      return;
    }
    this.others = { ...record.fields };
    const known = new Map(this.fields().map((field) => [this.nameOf(field), field]));
    const lines = [];
    let count = 0;
    for (const [name, { value, was }] of Object.entries(record.fields)) {
      const field = known.get(name);
      if (!field) {
        if (typeof value === "string" && value) {
          lines.push(element("p", words.gone), element("p", value));
        }
      } else if (this.value(field) === value) {
        delete this.others[name]; // sent and shown again, or saved
      } else if (this.written(field) === was) {
        delete this.others[name];
        this.put(field, value);
        count += 1;
      } else if (typeof value === "string") {
        this.offer(field, name, value);
      }
    }
    if (count) {
      lines.unshift(element("p", words.restored));
    }
    if (count || Object.keys(this.others).length) {
      lines.push(button(words.discard, () => this.discard()));
      this.form.prepend(notice(...lines));
    }
    if (count) {
      this.save();
    }
  }

  offer(field, name, value) {
    const note = notice(element("p", words.meanwhile), element("p", value));
    const use = button(words.use, () => {
      delete this.others[name];
      note.remove();
      this.put(field, value);
      field.focus();
    });
    note.append(use);
    field.after(note);
  }

  discard() {
    this.others = {};
    for (const field of this.fields()) {
      this.put(field, this.written(field));
    }
    this.forget();
    document.querySelectorAll("[data-kept-notice]").forEach((one) => one.remove());
  }
}

/* Wagtail's editors: everything that the form would send. */
class EditorForm extends KeptForm {
  start() {
    const record = this.load();
    const field = this.form.elements.namedItem("csrfmiddlewaretoken");
    this.token = field?.value;
    if (record?.entries) {
      this.name = record.name;
      this.offerUnlessShown(record);
    }
    let timer;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.save(), 500);
    };
    for (const event of ["input", "change", "keyup", "paste", "drop"]) {
      this.form.addEventListener(event, later);
    }
    document.addEventListener("w-autosave:success", () => {
      clearTimeout(timer);
      this.forget();
    });
    this.form.addEventListener("submit", () => {
      clearTimeout(timer);
      this.save();
      this.mark();
    });
  }

  entries() {
    return [...new FormData(this.form)].filter(
      ([name, value]) =>
        typeof value === "string" && !["csrfmiddlewaretoken", "kept_text"].includes(name),
    );
  }

  save() {
    this.store({ entries: this.entries() });
    document.querySelectorAll("[data-kept-notice]").forEach((one) => one.remove());
  }

  /* A form that was refused comes back with what was typed. Its fields are built by
     scripts, which have run once the page has loaded. */
  offerUnlessShown(record) {
    const text = (entries) => JSON.stringify(entries.map(String).sort());
    const decide = () => {
      if (text(this.entries()) !== text(record.entries)) {
        this.offer(record);
      }
    };
    if (document.readyState === "complete") {
      decide();
    } else {
      window.addEventListener("load", decide, { once: true });
    }
  }

  offer(record) {
    const revision = (entries) =>
      new Map(entries).get("loaded_revision_id") ?? new Map(entries).get("next") ?? "";
    const lines = [element("p", words.offer)];
    if (revision(record.entries) !== revision(this.entries())) {
      lines.push(element("p", words.newer));
    }
    const bar = notice(
      ...lines,
      button(words.restore, () => this.send(record)),
      button(words.discard, () => {
        this.forget();
        bar.remove();
      }),
    );
    this.form.before(bar);
  }

  send(record) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = this.form.getAttribute("action") || location.href;
    form.hidden = true;
    // A draft: what was typed is looked at before it is published.
    const sent = record.entries.filter(([name]) => !name.startsWith("action-"));
    for (const [name, value] of [...sent, ["csrfmiddlewaretoken", this.token]]) {
      // A text area keeps line breaks, which a hidden input does not.
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      form.append(field);
    }
    this.mark(form);
    document.body.append(form);
    form.submit();
  }
}

/* Wagtail says of a background save that was refused: "A server error occurred." */
function explain(event) {
  const reasons = { session_ended: words.sessionEnded, stale_token: words.staleToken };
  const reason = reasons[event.detail.response?.error_code];
  if (reason) {
    event.detail.text = reason;
  }
}

if (config) {
  forgetConfirmed();
  window.addEventListener("w-autosave:error", explain, true); // before it is shown
  const hint = document.querySelector("[data-kept-hint]");
  if (hint && records().some(([, record]) => Date.now() - record.time < FRESH_MS)) {
    hint.hidden = false;
  }
  if (user) {
    const forms = document.querySelectorAll("form[data-keep], form[data-edit-form]");
    forms.forEach((form, number) => {
      const kind = form.matches("[data-keep]") ? FieldsForm : EditorForm;
      new kind(form, number).start();
    });
    document.addEventListener("submit", (event) => {
      if (event.target.getAttribute("action")?.includes("/logout/")) {
        for (const [key] of records()) {
          if (key.startsWith(`${PREFIX}${user}:`)) {
            localStorage.removeItem(key);
          }
        }
      }
    });
  }
}
