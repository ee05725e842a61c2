// Interactive dialogs: a form that the plugin describes, and what it answers to it.
import { $, el, trying } from "./dom.js";
import { rendered } from "./markdown.js";
import { optionsOf } from "./post.js";

export function openDialog(chat, request) {
  const box = $("#dialog");
  const described = request.dialog;
  const rows = (described.elements ?? []).map((element) => row(chat, element));
  const general = el("p", { class: "refusal", role: "alert", hidden: true });
  let isOver = false;

  const about = { url: request.url, callback_id: described.callback_id, state: described.state,
    channel_id: chat.channel.id, team_id: chat.team.id };
  const cancel = () => {
    if (isOver) return;
    isOver = true;
    box.close();
    if (described.notify_on_cancel) trying(() => chat.submitDialog({ ...about, cancelled: true, submission: {} }));
  };
  const submit = async (event) => {
    event.preventDefault();
    const submission = Object.fromEntries(rows.map((one) => [one.name, one.value()]));
    const answer = await trying(() => chat.submitDialog({ ...about, submission, cancelled: false }));
    if (!answer) return;
    const errors = answer.errors ?? {};
    for (const one of rows) one.refuse(errors[one.name] ?? "");
    general.hidden = !answer.error;
    general.textContent = answer.error ?? "";
    const wrong = rows.find((one) => errors[one.name]);
    if (wrong) wrong.input.focus();
    if (wrong || answer.error) return;
    isOver = true;
    box.close();
  };
  box.replaceChildren(el("form", { onsubmit: submit, autocomplete: "off" },
    el("h2", { id: "dialog-title" }, described.title),
    described.introduction_text && el("div", {}, rendered(described.introduction_text)),
    rows.map((one) => one.node), general,
    el("div", { class: "buttons" },
      el("button", { type: "button", onclick: cancel }, "Cancel"),
      el("button", { class: "primary" }, described.submit_label || "Submit"))));
  box.oncancel = (event) => { event.preventDefault(); cancel(); };
  box.showModal();
}

let made = 0;

function row(chat, element) {
  const id = `element-${++made}`;
  const error = el("p", { class: "refusal", id: `${id}-error`, hidden: true });
  const common = { id, "aria-describedby": `${id}-error`, required: !element.optional, placeholder: element.placeholder || null };
  const lengths = { minlength: element.min_length || null, maxlength: element.max_length || null, value: element.default ?? "" };
  let input;
  let value = () => input.value;
  let label = el("label", { for: id }, element.display_name, element.optional && el("span", { class: "faint" }, " (optional)"));
  let holder = null;
  if (element.type === "textarea") {
    input = el("textarea", { ...common, ...lengths, rows: "4" });
  } else if (element.type === "select") {
    input = el("select", common, element.optional && el("option", { value: "" }, "—"),
      optionsOf(chat, element).map((one) => el("option", { value: one.value, selected: one.value === element.default }, one.text)));
  } else if (element.type === "radio") {
    const buttons = optionsOf(chat, element).map((one) => el("input", { type: "radio", name: id, value: one.value,
      checked: one.value === element.default, required: !element.optional }));
    holder = el("fieldset", { id }, el("legend", {}, element.display_name),
      optionsOf(chat, element).map((one, place) => el("label", { class: "inline" }, buttons[place], one.text)));
    input = buttons[0];
    label = null;
    value = () => buttons.find((one) => one.checked)?.value ?? "";
  } else if (element.type === "bool") {
    input = el("input", { ...common, required: false, type: "checkbox", checked: element.default === "true" });
    holder = el("span", { class: "inline" }, input, element.placeholder);
    value = () => input.checked;
  } else {
    const kind = { email: "email", number: "number", password: "password", tel: "tel", url: "url" }[element.subtype ?? element.sub_type] ?? "text";
    input = el("input", { ...common, ...lengths, type: kind });
    if (kind === "number") value = () => (input.value === "" ? "" : Number(input.value));
  }
  return {
    name: element.name, input, value,
    node: el("div", { class: "field" }, label, holder ?? input, element.help_text && el("p", { class: "faint" }, element.help_text), error),
    refuse(text) { error.hidden = !text; error.textContent = text; },
  };
}
