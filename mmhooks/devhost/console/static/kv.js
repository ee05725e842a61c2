// The plugin's key-value store.
import { $, ask, el, later, toast, trying, walkable } from "./dom.js";
import { on, onConnect } from "./live.js";
import { size } from "./post.js";

const form = $("#filter");
let current = "";

async function read() {
  const found = await ask("GET", `kv?text=${encodeURIComponent(form.elements.text.value)}`);
  $("#count").textContent = found.total === found.values.length ? `${found.total} ${found.total === 1 ? "value" : "values"}` : `${found.values.length} of ${found.total} values`;
  $("#keys").replaceChildren(...(found.values.length ? found.values.map((one) => el("li", {},
    el("button", { type: "button", class: "row", "data-key": one.key, "aria-current": one.key === current ? "true" : null, onclick: () => trying(() => open(one.key)) },
      el("span", { class: "line" }, el("b", { class: "key" }, one.key), el("span", { class: "faint when" }, size(one.size))),
      el("span", { class: "line faint" }, el("span", { class: "gist" }, one.preview), one.expire_at > 0 && el("span", { class: "when" }, rest(one.expire_at))))))
    : [el("li", { class: "faint empty" }, form.elements.text.value ? "No key contains that." : "Nothing is stored.")]));
}

function rest(until) {
  const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
  return seconds < 120 ? `${seconds} s left` : seconds < 7200 ? `${Math.round(seconds / 60)} min left` : `${Math.round(seconds / 3600)} h left`;
}

// -- values as text, JSON, hex ----------------------------------------------------------------------

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const base64Of = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

const FORMS = {
  text: {
    write: (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    read: (text) => new TextEncoder().encode(text),
  },
  json: {
    write: (bytes) => JSON.stringify(JSON.parse(FORMS.text.write(bytes)), null, 2),
    read: (text) => FORMS.text.read(JSON.stringify(JSON.parse(text))),
  },
  hex: {
    write: (bytes) => Array.from(bytes, (byte, place) => byte.toString(16).padStart(2, "0") + (place % 16 === 15 ? "\n" : " ")).join("").trimEnd(),
    read: (text) => {
      const digits = text.replace(/\s+/g, "");
      if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new Error("Hex is pairs of the digits 0 to 9 and a to f.");
      return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    },
  },
};

function best(bytes) {
  for (const name of ["json", "text", "hex"]) {
    try {
      const written = FORMS[name].write(bytes);
      if (name !== "json" || "{[".includes(written[0])) return name;
    } catch { /* the next one */ }
  }
  return "hex";
}

async function open(key) {
  const value = await ask("GET", `kv/value?key=${encodeURIComponent(key)}`);
  edit(key, bytesOf(value.base64), value.expire_at);
  mark(key);
}

function mark(key) {
  current = key;
  for (const button of document.querySelectorAll("#keys .row")) {
    if (button.dataset.key === key) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

function edit(key, bytes, expireAt) {
  const isNew = key === "";
  let kind = best(bytes);
  const name = el("input", { id: "key", required: true, maxlength: "150", value: key, readonly: !isNew });
  const area = el("textarea", { id: "value", rows: "12", spellcheck: "false", value: FORMS[kind].write(bytes) });
  const seconds = el("input", { id: "expiry", type: "number", min: "0", step: "1", value: expireAt ? Math.max(1, Math.round((expireAt - Date.now()) / 1000)) : 0 });
  const error = el("p", { class: "refusal", role: "alert", hidden: true });
  const say = (text) => { error.hidden = !text; error.textContent = text; };
  const choice = el("fieldset", { class: "forms" }, el("legend", {}, "View as"), Object.keys(FORMS).map((one) => el("label", { class: "inline" },
    el("input", { type: "radio", name: "form", value: one, checked: one === kind, onchange: () => {
      try {
        area.value = FORMS[one].write(FORMS[kind].read(area.value));
        kind = one;
        say("");
      } catch (problem) {
        choice.querySelector(`[value=${kind}]`).checked = true;
        say(one === "text" ? "These bytes are no text in UTF-8." : `This cannot be shown so: ${problem.message}`);
      }
    } }), one === "text" ? "text" : one === "json" ? "JSON" : "hex")));
  const save = async (event) => {
    event.preventDefault();
    try {
      const given = FORMS[kind].read(area.value);
      const done = await ask("PUT", "kv/value", { key: name.value, base64: base64Of(given), expire_in_seconds: Number(seconds.value) });
      toast("Saved", "good");
      await read();
      edit(done.key, bytesOf(done.base64), done.expire_at);
      mark(done.key);
      $("#value").focus();
    } catch (problem) {
      say(problem.message);
    }
  };
  const remove = () => trying(async () => {
    await ask("DELETE", `kv/value?key=${encodeURIComponent(key)}`);
    toast("Deleted");
    leave();
    await read();
  });
  $("#detail").replaceChildren(el("form", { onsubmit: save, autocomplete: "off" },
    el("div", { class: "head" }, el("h2", {}, isNew ? "New value" : "Value"), el("button", { type: "button", class: "back", onclick: leave }, "← All keys")),
    el("div", { class: "field" }, el("label", { for: "key" }, "Key"), name), choice,
    el("div", { class: "field" }, el("label", { for: "value" }, "Value"), area),
    el("div", { class: "field" }, el("label", { for: "expiry" }, "Expires in seconds (0: never)"), seconds), error,
    el("div", { class: "buttons" }, !isNew && el("button", { type: "button", class: "danger", onclick: remove }, "Delete"), el("button", { class: "primary" }, "Save"))));
  document.body.classList.add("detailed");
  if (isNew) name.focus();
}

function leave() {
  document.body.classList.remove("detailed");
  $("#detail").replaceChildren(el("p", { class: "faint empty" }, "Choose a key."));
  mark("");
}

form.addEventListener("input", later(150, () => trying(read)));
form.addEventListener("submit", (event) => event.preventDefault());
$("#refresh").addEventListener("click", () => trying(read));
$("#new").addEventListener("click", () => { mark(""); edit("", new Uint8Array(), 0); });
walkable($("#keys"));
const soon = later(200, () => trying(read));
on("trace", soon); // a hook may have written something
onConnect(() => trying(read));
