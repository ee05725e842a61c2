// News from the host: whether the plugin runs, and what pages want to hear of.
import { $, ask, toast, trying } from "./dom.js";

const listeners = [];
const connected = [];
let source = null;

/** Have a function called with each piece of news of a kind: "trace", "log", "plugin". */
export function on(kind, listener) {
  const heard = (event) => listener(JSON.parse(event.data));
  listeners.push([kind, heard]);
  source?.addEventListener(kind, heard);
}

/** Have a function called whenever the connection is there, again too: what was missed can be asked for. */
export function onConnect(listener) {
  connected.push(listener);
  if (source?.readyState === EventSource.OPEN) listener();
}

// A browser opens six connections to a host, for all its windows together: those that nobody sees have none.
function connect() {
  source?.close();
  source = null;
  if (document.hidden) return;
  source = new EventSource("/console/api/events");
  source.onopen = () => connected.forEach((listener) => listener());
  source.onerror = () => {
    $("#state").className = "state bad";
    $("#state").textContent = "host gone";
  };
  for (const [kind, heard] of listeners) source.addEventListener(kind, heard);
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
  if (news.event === "installed") toast(`The bundle ${news.version} runs; a save puts the files back`, "good");
  if (news.event === "failed") toast(news.stays ? "The last good version stays." : "Nothing runs; save a file.", "bad");
});
onConnect(() => trying(async () => show(await ask("GET", "state"))));
document.addEventListener("visibilitychange", connect);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());
connect();
