// Hook calls as they happen, what went on inside, and the same call again with the code as it is now.
import { $, ask, clock, el, later, trying, walkable } from "./dom.js";
import { on, onConnect } from "./live.js";

const MOST = 1000;
const form = $("#filter");
let traces = [];
let shown = 0;

const MARKS = { changed: "±", rejected: "⛔", error: "!", result: "→", none: "·" };

function outcomeTag(outcome) {
  return el("span", { class: `outcome ${outcome}` }, el("span", { "aria-hidden": "true" }, MARKS[outcome] ?? ""), ` ${outcome || "…"}`);
}

function ms(value) { return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`; }

/** A few words of what a call was about. */
function gist(trace) {
  const given = trace.arguments ?? {};
  const text = given.post?.message ?? given.new_post?.message ?? given.args?.command ?? given.request?.url ?? given.user?.username
    ?? given.channel?.name ?? given.reaction?.emoji_name ?? given.info?.name ?? "";
  return String(text).slice(0, 80);
}

function wanted(trace) {
  const { hook, outcome, text } = Object.fromEntries(new FormData(form));
  return (!hook || trace.hook === hook) && (!outcome || trace.outcome === outcome)
    && (!text || JSON.stringify(trace).toLowerCase().includes(text.toLowerCase()));
}

function row(trace) {
  return el("li", {}, el("button", { type: "button", class: "row", "data-number": trace.number,
    "aria-current": trace.number === shown ? "true" : null, onclick: () => choose(trace) },
    el("span", { class: "line" }, el("b", {}, trace.hook), outcomeTag(trace.outcome)),
    el("span", { class: "line faint" }, el("span", { class: "gist" }, gist(trace)), el("span", { class: "when" }, `${ms(trace.milliseconds)} · ${clock(trace.at)}`))));
}

function show() {
  const found = traces.filter(wanted).reverse();
  $("#traces").replaceChildren(...(found.length ? found.map(row)
    : [el("li", { class: "faint empty" }, traces.length ? "No call is like that." : "No hook has been called yet.")]));
  const select = form.elements.hook;
  const known = new Set([...select.options].map((option) => option.value));
  for (const hook of [...new Set(traces.map((trace) => trace.hook))].sort()) if (!known.has(hook)) select.append(el("option", {}, hook));
}

function add(trace) {
  if (traces.some((one) => one.number === trace.number)) return;
  traces = [...traces, trace].slice(-MOST);
  const focused = document.activeElement?.dataset?.number;
  if (wanted(trace) && traces.length > 1) {
    $("#traces .empty")?.parentElement === $("#traces") && $("#traces .empty").remove();
    $("#traces").prepend(row(trace));
    if (![...form.elements.hook.options].some((option) => option.value === trace.hook)) form.elements.hook.append(el("option", {}, trace.hook));
  } else show();
  if (focused) $(`#traces [data-number="${focused}"]`)?.focus();
}

// -- one call ---------------------------------------------------------------------------------------

export function json(value) {
  return el("pre", { tabindex: "0" }, typeof value === "string" ? value : JSON.stringify(value, null, 2));
}

/** What differs between two values, field by field; the whole if they are no objects. */
function difference(before, after) {
  if (!before || !after || typeof before !== "object" || typeof after !== "object" || Array.isArray(before)) return json(after);
  const keys = Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]));
  if (!keys.length) return el("p", { class: "faint" }, "the same as before");
  return el("dl", { class: "diff" }, keys.map((key) => el("div", {}, el("dt", {}, key),
    el("dd", {}, el("del", {}, text(before[key])), el("ins", {}, text(after[key]))))));
}

function text(value) { return typeof value === "string" ? value || "(empty)" : JSON.stringify(value) ?? "(nothing)"; }

function result(step) {
  if (step.error) return problem(step.error);
  if (step.result === null) return el("p", { class: "faint" }, "None");
  if (step.result?.rejected !== undefined && Object.keys(step.result).length === 1) return el("p", { class: "refusal" }, `rejected: ${step.result.rejected}`);
  return step.before ? difference(step.before, step.result) : json(step.result);
}

function problem(error) {
  return [el("p", { class: "refusal" }, `${error.type}: ${error.message}`), error.traceback && el("pre", { class: "traceback", tabindex: "0" }, error.traceback)];
}

function steps(trace) {
  if (!trace.calls.length) return el("p", { class: "faint" }, "No package was called.");
  return el("ol", { class: "steps" }, trace.calls.map((step) => el("li", {},
    el("div", { class: "line" }, el("b", {}, step.package), step.async && el("span", { class: "tag" }, "async"), outcomeTag(step.outcome || "error"),
      el("span", { class: "faint when" }, ms(step.milliseconds))), result(step))));
}

function api(trace) {
  return trace.api.map((call) => el("details", {}, el("summary", {}, el("code", {}, call.method), el("span", { class: "faint" }, ` ${ms(call.milliseconds)}`),
    call.error && el("span", { class: "refusal" }, ` ${call.error.message}`)),
    call.arguments && [el("h4", {}, "given"), json(call.arguments)], !call.error && [el("h4", {}, "got"), json(call.result)], call.error && problem(call.error)));
}

function outcome(trace) {
  return [
    el("p", { class: "line" }, outcomeTag(trace.outcome), el("span", { class: "faint" }, `${ms(trace.milliseconds)}, ${clock(trace.at)}, call ${trace.number}`)),
    trace.error && problem(trace.error),
    trace.wrappers.length > 0 && el("p", { class: "faint" }, `wrapped by ${trace.wrappers.join(", ")}`),
    el("h3", {}, "Packages, in order"), steps(trace),
    trace.api.length > 0 && [el("h3", {}, "API calls inside"), api(trace)],
    trace.logs.length > 0 && [el("h3", {}, "Logged"), el("ul", { class: "logged" }, trace.logs.map((line) =>
      el("li", {}, el("span", { class: `level ${line.level}` }, line.level), ` ${line.logger}: ${line.message}`)))],
    el("details", {}, el("summary", {}, "Result"), json(trace.result)),
  ];
}

function nodes(...given) {
  return given.flat(9).filter((one) => one !== null && one !== undefined && one !== false);
}

function choose(trace, again = null) {
  shown = trace.number;
  for (const button of document.querySelectorAll("#traces .row")) {
    if (Number(button.dataset.number) === shown) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  const replay = el("button", { type: "button", class: "primary", id: "replay", onclick: () => trying(async () => {
    replay.disabled = true;
    try {
      choose(trace, await ask("POST", `traces/${trace.number}/replay`));
      $("#replay").focus();
    } finally {
      replay.disabled = false;
    }
  }) }, "Replay");
  const sides = again
    ? el("div", { class: "beside" }, el("section", { "aria-label": "Then" }, el("h2", {}, "Then"), nodes(outcome(trace))),
      el("section", { "aria-label": "Now" }, el("h2", {}, "Now"), nodes(outcome(again))))
    : el("div", {}, nodes(outcome(trace)));
  $("#detail").replaceChildren(
    el("div", { class: "head" }, el("h2", {}, trace.hook), el("button", { type: "button", class: "back", onclick: leave }, "← All calls"), replay),
    el("details", { open: !again }, el("summary", {}, "Arguments"), json(trace.arguments)), sides);
  document.body.classList.add("detailed");
}

function leave() {
  document.body.classList.remove("detailed");
  $(`#traces [data-number="${shown}"]`)?.focus();
}

form.addEventListener("input", later(150, show));
form.addEventListener("submit", (event) => event.preventDefault());
$("#clear").addEventListener("click", () => trying(async () => { await ask("DELETE", "traces"); traces = []; show(); }));
walkable($("#traces"));
on("trace", add);
onConnect(() => trying(async () => { traces = (await ask("GET", "traces")).traces; show(); }));
