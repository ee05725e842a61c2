// News from the host: whether the plugin runs, and what pages want to hear of.
import { $, ask, toast, trying } from "./dom.js";

const source = new EventSource("/console/api/events");

/** Have a function called with each piece of news of a kind: "trace", "log", "plugin". */
export function on(kind, listener) {
  source.addEventListener(kind, (event) => listener(JSON.parse(event.data)));
}

/** Have a function called whenever the connection is there, again too: what was missed can be asked for. */
export function onConnect(listener) {
  source.addEventListener("open", listener);
  if (source.readyState === EventSource.OPEN) listener();
}

function show(state) {
  const node = $("#state");
  node.className = `state ${state.running && !state.problem ? "good" : state.running ? "stale" : "bad"}`;
  if (!state.enabled) node.textContent = "disabled";
  else if (!state.running) node.textContent = "not running";
  else node.textContent = state.problem ? "last good version" : "running";
  const problem = $("#problem");
  problem.hidden = !state.problem || !state.enabled;
  problem.textContent = state.problem;
}

on("plugin", (news) => {
  show(news.state);
  if (news.event === "reloaded") toast(`Live after ${news.ms} ms`, "good");
  if (news.event === "failed") toast(news.stays ? "The last good version stays." : "Nothing runs; save a file.", "bad");
});
source.addEventListener("error", () => {
  $("#state").className = "state bad";
  $("#state").textContent = "host gone";
});
onConnect(() => trying(async () => show(await ask("GET", "state"))));
// The browser counts open connections; leave none behind for the next page.
addEventListener("pagehide", () => source.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());
