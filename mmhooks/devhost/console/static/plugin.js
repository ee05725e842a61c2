// The plugin: whether it runs, who implements what, its settings.
import { $, ask, el, later, toast, trying } from "./dom.js";
import { on, onConnect } from "./live.js";

const read = () => trying(async () => show(await ask("GET", "plugin")));

function show(plugin) {
  $("#plugin").setAttribute("aria-busy", "false");
  $("#about").textContent = plugin.description;
  $("#running").textContent = plugin.running ? `runs${plugin.is_bundle ? " from an uploaded bundle" : ""}, process ${plugin.pid}` : plugin.enabled ? "does not run" : "is disabled";
  const button = $("#switch");
  button.disabled = false;
  button.textContent = plugin.enabled ? "Disable" : "Enable";
  button.onclick = () => trying(async () => {
    button.disabled = true;
    await ask("POST", `plugin/${plugin.enabled ? "disable" : "enable"}`);
    await read();
  });
  const why = $("#why");
  why.hidden = !plugin.problem;
  why.textContent = plugin.problem;
  $("#packages").textContent = plugin.packages.length ? `Packages: ${plugin.packages.join(", ")}` : "";
  $("#hooks tbody").replaceChildren(...plugin.rows.map((row, place) => {
    const isFirst = place === 0 || plugin.rows[place - 1].hook !== row.hook;
    return el("tr", { class: isFirst ? "first" : null }, el("th", { scope: "row" }, isFirst ? row.hook : ""), el("td", { class: "faint" }, isFirst ? row.semantics : ""),
      el("td", {}, String(row.order)), el("td", {}, row.package), el("td", { class: "faint" }, options(row)));
  }));
  if (!$("#settings").contains(document.activeElement)) showSettings(plugin.settings);
}

function options(row) {
  return [row.tryfirst && "first", row.trylast && "last", row.wrapper && "wrapper", row.is_async && "async", row.may_reject && "may reject",
    row.on_error === "reject" && "rejects on error", row.timeout && `timeout ${row.timeout} s`].filter(Boolean).join(", ");
}

function showSettings(settings) {
  if (!settings.length) {
    $("#settings").replaceChildren(el("p", { class: "faint" }, "None: neither settings_schema in plugin.json nor register_settings names any."));
    return;
  }
  const rows = settings.map(row);
  const form = $("#settings");
  form.replaceChildren(...rows.map((one) => one.node), el("div", { class: "buttons" }, el("button", { class: "primary" }, "Save settings")));
  form.onsubmit = (event) => {
    event.preventDefault();
    trying(async () => {
      const values = Object.fromEntries(rows.filter((one) => one.isChanged()).map((one) => [one.key, one.value()]));
      const plugin = await ask("PUT", "plugin/settings", values);
      toast("Settings saved", "good");
      showSettings(plugin.settings);
    });
  };
}

function row(setting) {
  const id = `setting-${setting.key}`;
  const type = String(setting.type ?? "text");
  let input;
  let value = () => input.value;
  if (type === "bool") {
    input = el("input", { id, type: "checkbox", checked: Boolean(setting.value) });
    value = () => input.checked;
  } else if (type === "dropdown" || type === "radio") {
    input = el("select", { id }, (setting.options ?? []).map((one) => el("option", { value: one.value, selected: one.value === setting.value }, one.display_name)));
  } else if (type === "longtext") {
    input = el("textarea", { id, rows: "4", value: setting.value ?? "" });
  } else {
    const kind = type === "number" ? "number" : setting.secret ? "password" : "text";
    input = el("input", { id, type: kind, step: "any", value: setting.value ?? "", placeholder: setting.secret && setting.is_set ? "unchanged" : setting.placeholder || null });
    if (type === "number") value = () => (input.value === "" ? null : Number(input.value));
  }
  const before = JSON.stringify(value());
  return {
    key: setting.key, value, isChanged: () => JSON.stringify(value()) !== before,
    node: el("div", { class: "field" }, el("label", { for: id }, setting.display_name || setting.key), input,
      setting.help_text && el("p", { class: "faint" }, setting.help_text)),
  };
}

on("plugin", later(50, read));
onConnect(read);
