// The log: the host's lines and the plugin's.
import { $, ask, clock, el, later, trying } from "./dom.js";
import { on, onConnect } from "./live.js";

const LEVELS = ["debug", "info", "warn", "error"];
const MOST = 2000;
const form = $("#filter");
const list = $("#lines");
let lines = [];

function wanted(line) {
  const { level, source, text } = Object.fromEntries(new FormData(form));
  const own = LEVELS.indexOf(line.level === "audit" ? "info" : line.level);
  return own >= LEVELS.indexOf(level) && (!source || (source === "plugin") === Boolean(line.plugin_id))
    && (!text || JSON.stringify(line).toLowerCase().includes(text.toLowerCase()));
}

function node(line) {
  const { traceback, logger, ...fields } = line.fields ?? {};
  const more = Object.entries(fields).map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`).join(" ");
  return el("li", {}, el("time", { class: "faint" }, clock(line.at)), el("span", { class: `level ${line.level}` }, line.level),
    el("span", { class: "faint" }, logger || line.plugin_id || "host"),
    el("span", { class: "what" }, line.message, more && el("span", { class: "faint" }, ` ${more}`), traceback && el("pre", { class: "traceback" }, traceback)));
}

function show() {
  const found = lines.filter(wanted);
  list.replaceChildren(...(found.length ? found.map(node) : [el("li", { class: "faint empty" }, "No line of this kind yet.")]));
  list.scrollTop = list.scrollHeight;
}

function add(line) {
  lines = [...lines, line].slice(-MOST);
  if (!wanted(line)) return;
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  $(".empty", list)?.remove();
  list.append(node(line));
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

form.addEventListener("input", later(100, show));
form.addEventListener("submit", (event) => event.preventDefault());
on("log", add);
onConnect(() => trying(async () => { lines = (await ask("GET", "logs")).logs; show(); }));
