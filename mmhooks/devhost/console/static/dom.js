// Small helpers. Text only ever becomes text: nothing here, or elsewhere in the console, parses HTML.

/** Make an element: el("p", { class: "faint", onclick }, "text", child, ...). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "selected") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const $ = (selector, within = document) => within.querySelector(selector);

/** Ask one of the console's endpoints; throws an Error with the sentence that it answers. */
export async function ask(method, path, body) {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch(`/console/api/${path}`, options);
  } catch {
    throw new Error("The host does not answer; is mmhooks dev still running?");
  }
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.message || `Status ${answer.status}`);
  return value;
}

/** Tell the person something for a while; errors stay longer. */
export function toast(text, kind = "") {
  const node = el("p", { class: `toast ${kind}`, role: kind === "bad" ? "alert" : null }, text);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), kind === "bad" ? 9000 : 4000);
}

/** Run something that may fail, and say so if it does. */
export async function trying(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message, "bad");
    return undefined;
  }
}

export function clock(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

export function later(wait, work) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), wait);
  };
}

/** Arrow keys go through the buttons of a list. */
export function walkable(list, selector = "button.row") {
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const rows = [...list.querySelectorAll(selector)];
    const place = rows.indexOf(document.activeElement);
    const next = rows[place + (event.key === "ArrowDown" ? 1 : -1)];
    if (place < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
}
