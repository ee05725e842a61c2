// Where messages are written: files, slash commands with their completion, and the reason of a refusal.
import { el } from "./dom.js";
import { size } from "./post.js";

export class Composer {
  /** `send(text, fileIds)` sends; it may throw. `suggest(text)` says how a slash command may go on. */
  constructor(form, { label, upload, send, suggest, typing }) {
    this.form = form;
    this.send = send;
    this.upload = upload;
    this.suggest = suggest;
    this.files = [];
    this.sending = Promise.resolve();
    this.found = [];
    this.chosen = -1;
    const id = `${form.id}-list`;
    this.area = el("textarea", { rows: "1", disabled: true, "aria-label": label, placeholder: label, role: "combobox",
      "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" });
    this.list = el("ul", { id, role: "listbox", class: "commands", "aria-label": "Commands", hidden: true });
    this.pending = el("ul", { class: "files pending", "aria-label": "Files to send" });
    this.error = el("p", { class: "refusal", role: "alert", hidden: true });
    const picker = el("input", { type: "file", multiple: true, class: "unseen", id: `${form.id}-file`, "aria-label": "Attach files",
      onchange: () => { this.take([...picker.files]); picker.value = ""; } });
    form.replaceChildren(this.error, this.list, this.pending,
      el("div", { class: "write" }, picker, el("label", { for: picker.id, class: "attach", title: "Attach files" }, "+"),
        this.area, el("button", { class: "primary" }, "Send")));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.area.addEventListener("input", () => { this.grow(); this.complete(); typing(); });
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("blur", () => this.close());
    this.area.addEventListener("paste", (event) => this.drop(event, event.clipboardData));
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => this.drop(event, event.dataTransfer));
  }

  drop(event, data) {
    if (!data?.files.length) return;
    event.preventDefault();
    this.take([...data.files]);
  }

  /** Say where it goes; before that nothing can be written. */
  aim(label) {
    this.area.disabled = false;
    this.area.placeholder = label;
    this.area.setAttribute("aria-label", label);
  }

  grow() {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight + 2, 200)}px`;
  }

  refuse(text) {
    this.error.hidden = !text;
    this.error.textContent = text;
  }

  async take(files) {
    try {
      this.files.push(...(await this.upload(files)));
      this.refuse("");
    } catch (error) {
      this.refuse(error.message);
    }
    this.showFiles();
    this.area.focus();
  }

  showFiles() {
    this.pending.replaceChildren(...this.files.map((info) => el("li", { class: "file" }, info.name, el("span", { class: "faint" }, size(info.size)),
      el("button", { type: "button", "aria-label": `Leave out ${info.name}`, onclick: () => {
        this.files = this.files.filter((one) => one !== info);
        this.showFiles();
      } }, "×"))));
  }

  /** One after the other; what is refused comes back, unless something else has been written meanwhile. */
  submit() {
    const [text, files] = [this.area.value, this.files];
    if (!text.trim() && !files.length) return;
    this.close();
    this.area.value = "";
    this.files = [];
    this.refuse("");
    this.showFiles();
    this.grow();
    this.sending = this.sending.then(async () => {
      try {
        await this.send(text, files.map((info) => info.id));
      } catch (error) {
        this.area.value ||= text;
        this.files = [...files, ...this.files];
        this.refuse(error.message);
        this.showFiles();
        this.grow();
      }
    });
  }

  // -- completion ---------------------------------------------------------------------------------

  async complete() {
    const text = this.area.value;
    if (!/^\/[^\n]*$/.test(text)) return this.close();
    const given = await this.suggest(text);
    if (this.area.value !== text) return undefined;
    this.found = given.map((one) => ({ text: `/${one.Complete.trimEnd()}`, hint: one.Hint, help: one.Description, isText: !one.Suggestion }));
    this.chosen = this.found.findIndex((one) => !one.isText);
    this.show();
    return undefined;
  }

  show() {
    const isOpen = this.found.length > 0;
    this.list.hidden = !isOpen;
    this.area.setAttribute("aria-expanded", String(isOpen));
    this.list.replaceChildren(...this.found.map((one, place) => el("li", {
      role: "option", id: `${this.list.id}-${place}`, "aria-selected": String(place === this.chosen),
      onmousedown: (event) => { event.preventDefault(); if (!one.isText) this.pick(place); },
    }, el("b", {}, one.text), one.hint && el("span", { class: "hint" }, ` ${one.hint}`), one.help && el("span", { class: "faint" }, one.help))));
    if (this.chosen >= 0) this.area.setAttribute("aria-activedescendant", `${this.list.id}-${this.chosen}`);
    else this.area.removeAttribute("aria-activedescendant");
    this.list.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.found = [];
    this.chosen = -1;
    this.show();
  }

  pick(place) {
    this.area.value = `${this.found[place].text} `;
    this.close();
    this.complete();
  }

  key(event) {
    if (event.isComposing) return;
    if (this.chosen >= 0) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.chosen = (this.chosen + step + this.found.length) % this.found.length;
        this.show();
        return;
      }
      const isWhole = this.found[this.chosen].text === this.area.value.trim();
      if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isWhole)) {
        event.preventDefault();
        this.pick(this.chosen);
        return;
      }
    }
    if (event.key === "Escape" && this.found.length) {
      event.preventDefault();
      this.close();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }
}
