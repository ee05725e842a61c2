// One post: text, files, message attachments with their buttons and menus, reactions, and what can be done with it.
import { el, trying } from "./dom.js";
import { rendered } from "./markdown.js";

export const EMOJIS = {
  "+1": "👍", "-1": "👎", heart: "❤️", smile: "😄", tada: "🎉", eyes: "👀", white_check_mark: "✅", thinking: "🤔",
  rocket: "🚀", fire: "🔥", thumbsup: "👍", joy: "😂", cry: "😢", wave: "👋", x: "❌", warning: "⚠️", 100: "💯",
};
const PICKED = ["+1", "heart", "smile", "tada", "eyes", "white_check_mark", "thinking", "-1"];

function time(milliseconds) {
  const date = new Date(milliseconds);
  return el("time", { datetime: date.toISOString(), title: date.toLocaleString() },
    date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
}

export function avatar(name) {
  let hue = 0;
  for (const letter of name) hue = (hue * 37 + letter.codePointAt(0)) % 1000003;
  return el("span", { class: `avatar tone-${hue % 6}`, "aria-hidden": "true" }, [...name][0]?.toUpperCase() ?? "?");
}

/** Make the list entry of a post. `chat` knows the person, the users, and does what buttons ask for. */
export function postNode(chat, post, { inThread = false } = {}) {
  const author = chat.nameOf(post.user_id);
  const name = post.props?.override_username || author;
  const isEphemeral = post.type === "system_ephemeral";
  const isSystem = post.type?.startsWith("system_") && !isEphemeral;
  const isMine = post.user_id === chat.me.id && !isEphemeral && !isSystem;
  const body = el("div", { class: "body" }, rendered(post.message));
  const node = el("li", { class: `post${isEphemeral ? " ephemeral" : ""}${isSystem ? " system" : ""}`, "data-id": post.id, tabindex: "-1" },
    avatar(name),
    el("article", { "aria-label": `${name}: ${post.message.slice(0, 60)}` },
      el("div", { class: "by" },
        el("b", {}, name),
        (post.props?.from_bot || post.props?.from_plugin || post.props?.from_webhook) && el("span", { class: "tag" }, "BOT"),
        time(post.create_at),
        post.edit_at > 0 && el("span", { class: "faint" }, "edited"),
        isEphemeral && el("span", { class: "faint" }, "only visible to you")),
      body,
      files(chat, post),
      attachments(chat, post),
      reactions(chat, post),
      !inThread && post.reply_count > 0 && !post.root_id && el("button", { type: "button", class: "replies", onclick: () => chat.openThread(post.id) },
        `${post.reply_count} ${post.reply_count === 1 ? "reply" : "replies"}`)));
  if (!isSystem) node.append(toolbar(chat, post, { inThread, isMine, isEphemeral, body }));
  return node;
}

function toolbar(chat, post, { inThread, isMine, isEphemeral, body }) {
  const tools = el("div", { class: "tools", role: "group", "aria-label": "Do something with this post" });
  if (isEphemeral) {
    tools.append(el("button", { type: "button", onclick: () => chat.forget(post.id) }, "Dismiss"));
    return tools;
  }
  const menu = el("span", { class: "picker", hidden: true });
  const opener = el("button", { type: "button", "aria-expanded": "false", onclick: () => {
    menu.hidden = !menu.hidden;
    opener.setAttribute("aria-expanded", String(!menu.hidden));
    if (!menu.hidden) menu.firstChild.focus();
  } }, "React");
  menu.append(...PICKED.map((name) => el("button", { type: "button", title: name, "aria-label": `React with ${name}`,
    onclick: () => { menu.hidden = true; trying(() => chat.react(post, name)); } }, EMOJIS[name])));
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { menu.hidden = true; opener.focus(); }
  });
  tools.append(opener, menu);
  if (!inThread) tools.append(el("button", { type: "button", onclick: () => chat.openThread(post.root_id || post.id, true) }, "Reply"));
  if (isMine) {
    tools.append(
      el("button", { type: "button", onclick: () => edit(chat, post, body) }, "Edit"),
      el("button", { type: "button", class: "danger", onclick: () => trying(() => chat.remove(post)) }, "Delete"));
  }
  return tools;
}

function edit(chat, post, body) {
  const area = el("textarea", { "aria-label": "Edit the message", rows: "2", value: post.message });
  const done = () => chat.redraw(post.id);
  const form = el("form", { class: "edit", onsubmit: (event) => {
    event.preventDefault();
    trying(async () => { await chat.edit(post, area.value); });
  } }, area, el("button", { class: "primary" }, "Save"), el("button", { type: "button", onclick: done }, "Cancel"));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") done();
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  });
  body.replaceChildren(form);
  area.focus();
}

function files(chat, post) {
  if (!post.file_ids?.length) return null;
  const list = el("ul", { class: "files", "aria-label": "Files" });
  chat.filesOf(post).then((infos) => list.append(...infos.map((info) => fileNode(chat, info)))).catch(() => {});
  return list;
}

function fileNode(chat, info) {
  const name = el("span", {}, info.name);
  const button = el("button", { type: "button", class: "file", onclick: () => trying(() => chat.download(info)) },
    el("span", { class: "kind", "aria-hidden": "true" }, info.extension?.slice(0, 4) || "file"), name,
    el("span", { class: "faint" }, size(info.size)));
  const item = el("li", {}, button);
  if (/^image\/(png|jpeg|gif|webp)$/.test(info.mime_type)) {
    chat.blobOf(info).then((url) => button.prepend(el("img", { src: url, alt: "" }))).catch(() => {});
  }
  return item;
}

export function size(bytes) {
  return bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function attachments(chat, post) {
  const given = post.props?.attachments;
  return Array.isArray(given) ? given.map((one) => attachment(chat, post, one)) : null;
}

const COLOURS = { good: "good", warning: "warn", danger: "bad" };

function attachment(chat, post, one) {
  const node = el("div", { class: `attachment ${COLOURS[one.color] ?? ""}` },
    one.pretext && el("div", {}, rendered(one.pretext)),
    one.author_name && el("div", { class: "faint" }, one.author_name),
    one.title && el("strong", {}, one.title),
    one.text && el("div", {}, rendered(one.text)),
    one.fields?.length && el("dl", {}, one.fields.map((field) => el("div", { class: field.short ? "short" : "" },
      el("dt", {}, String(field.title ?? "")), el("dd", {}, rendered(String(field.value ?? "")))))),
    one.actions?.length && el("div", { class: "actions" }, one.actions.map((action) => actionNode(chat, post, action))),
    one.footer && el("div", { class: "faint" }, one.footer));
  if (/^#[0-9a-f]{3,8}$/i.test(one.color ?? "")) node.style.borderLeftColor = one.color;
  return node;
}

function actionNode(chat, post, action) {
  if (action.type === "select") {
    return el("select", { "aria-label": action.name, disabled: action.disabled, onchange: (event) =>
      trying(() => chat.press(post, action, event.target.value)) },
      el("option", { value: "" }, action.name),
      optionsOf(chat, action).map((option) => el("option", { value: option.value, selected: option.value === action.default_option }, option.text)));
  }
  return el("button", { type: "button", disabled: action.disabled, title: action.tooltip || null, class: action.style || "",
    onclick: () => trying(() => chat.press(post, action)) }, action.name);
}

export function optionsOf(chat, source) {
  if (source.data_source === "users") return [...chat.users.values()].map((user) => ({ text: `@${user.username}`, value: user.id }));
  if (source.data_source === "channels") return chat.channels.filter((one) => one.type === "O").map((one) => ({ text: one.display_name, value: one.id }));
  return source.options ?? [];
}

function reactions(chat, post) {
  const known = chat.reactions.get(post.id) ?? [];
  if (!known.length) return null;
  const byName = Map.groupBy ? Map.groupBy(known, (one) => one.emoji_name) : grouped(known);
  return el("ul", { class: "reactions", "aria-label": "Reactions" }, [...byName].map(([name, some]) => {
    const isMine = some.some((one) => one.user_id === chat.me.id);
    const who = some.map((one) => chat.nameOf(one.user_id)).join(", ");
    return el("li", {}, el("button", { type: "button", "aria-pressed": String(isMine), title: `:${name}: ${who}`,
      "aria-label": `${name}, ${some.length}: ${who}`, onclick: () => trying(() => chat.react(post, name)) },
      EMOJIS[name] ?? `:${name}:`, " ", String(some.length)));
  }));
}

function grouped(known) {
  const map = new Map();
  for (const one of known) map.set(one.emoji_name, [...(map.get(one.emoji_name) ?? []), one]);
  return map;
}
