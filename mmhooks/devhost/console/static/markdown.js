// The little of Markdown that posts mostly are made of, as nodes.
import { el } from "./dom.js";

const INLINE =
  /(`[^`\n]+`)|(\*\*[^*\n]+\*\*)|(\*[^*\s][^*\n]*\*|\b_[^_\n]+_\b)|(~~[^~\n]+~~)|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|(@[a-z0-9][a-z0-9._-]*)/g;

function link(href, text) {
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(from, match.index));
    const [whole, code, bold, italic, struck, label, href, address, mention] = match;
    if (code) nodes.push(el("code", {}, code.slice(1, -1)));
    else if (bold) nodes.push(el("strong", {}, ...inline(bold.slice(2, -2))));
    else if (italic) nodes.push(el("em", {}, ...inline(italic.slice(1, -1))));
    else if (struck) nodes.push(el("s", {}, ...inline(struck.slice(2, -2))));
    else if (href) nodes.push(link(href, label));
    else if (address) nodes.push(link(address, address));
    else if (mention) nodes.push(el("span", { class: "mention" }, mention));
    from = match.index + whole.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

/** A message as nodes. */
export function rendered(text) {
  return String(text ?? "")
    .split(/^```.*\n?/m)
    .flatMap((part, number) => {
      if (number % 2) return [el("pre", { tabindex: "0" }, part.replace(/\n$/, ""))];
      return part ? [el("span", { class: "text" }, ...inline(part))] : [];
    });
}
