// The conversation, as any user sees it.
import { Client } from "./client.js";
import { Composer } from "./composer.js";
import { openDialog } from "./dialog.js";
import { $, ask, el, later, toast, trying, walkable } from "./dom.js";
import { avatar, postNode } from "./post.js";

const chat = {
  users: new Map(), team: null, me: null, client: null, channels: [], channel: null, unread: new Set(),
  posts: new Map(), deleted: new Set(), order: [], reactions: new Map(), thread: "", blobs: new Map(),

  nameOf(id) { return this.users.get(id)?.username ?? "someone"; },

  // -- who ----------------------------------------------------------------------------------------

  async begin() {
    await this.readWorkspace();
    const names = [...this.users.values()].filter((user) => !user.is_bot);
    const wanted = sessionStorage.getItem("person");
    const first = names.find((user) => user.id === wanted) ?? names.find((user) => user.username === "ann") ?? names[0];
    if (first) await this.be(first.id);
  },

  async readWorkspace() {
    const workspace = await ask("GET", "workspace");
    this.users = new Map(workspace.users.map((user) => [user.id, user]));
    this.teams = workspace.teams;
    $("#person").replaceChildren(...workspace.users.filter((user) => !user.is_bot).map((user) =>
      el("option", { value: user.id, selected: user.id === this.me?.id }, user.username)));
  },

  /** Act as somebody; a second wish waits for the first. */
  be(userId) {
    const before = this.turn ?? Promise.resolve();
    this.turn = before.catch(() => {}).then(() => this.become(userId));
    return this.turn;
  },

  async become(userId) {
    const { token } = await ask("POST", "sessions", { user_id: userId });
    this.client?.close();
    this.me = this.users.get(userId);
    this.client = new Client(this.me, token, (event) => this.happened(event));
    sessionStorage.setItem("person", userId);
    $("#person").value = userId;
    this.closeThread();
    this.posts.clear();
    const teams = await this.client.call("GET", "/users/me/teams");
    this.team = teams[0] ?? this.teams[0];
    await this.readChannels();
    const open = sessionStorage.getItem("channel");
    const channel = this.channels.find((one) => one.id === open) ?? this.channels.find((one) => one.name === "town-square") ?? this.channels[0];
    if (channel) await this.open(channel);
  },

  // -- where --------------------------------------------------------------------------------------

  async readChannels() {
    if (!this.team) return;
    this.channels = await this.client.call("GET", `/users/me/teams/${this.team.id}/channels`);
    this.showChannels();
  },

  titleOf(channel) {
    if (channel.type !== "D") return channel.display_name || channel.name;
    const other = channel.name.split("__").find((id) => id !== this.me.id) ?? this.me.id;
    return this.nameOf(other);
  },

  showChannels() {
    const entry = (channel) => el("li", {}, el("button", { type: "button", class: `row${this.unread.has(channel.id) ? " unread" : ""}`,
      "aria-current": this.channel?.id === channel.id ? "true" : null, onclick: () => { closeSide(); trying(() => this.open(channel)); } },
      el("span", { class: "sign", "aria-hidden": "true" }, channel.type === "P" ? "🔒" : channel.type === "G" ? "⚇" : "#"), this.titleOf(channel)));
    const open = this.channels.filter((one) => one.type !== "D").sort((a, b) => this.titleOf(a).localeCompare(this.titleOf(b)));
    $("#channels").replaceChildren(...open.map(entry));
    const withWhom = new Map(this.channels.filter((one) => one.type === "D").map((one) => [this.titleOf(one), one]));
    const people = [...this.users.values()].filter((user) => user.id !== this.me.id);
    $("#directs").replaceChildren(...people.map((user) => {
      const channel = withWhom.get(user.username);
      return el("li", {}, el("button", { type: "button", class: `row${channel && this.unread.has(channel.id) ? " unread" : ""}`,
        "aria-current": channel && this.channel?.id === channel.id ? "true" : null,
        onclick: () => { closeSide(); trying(() => this.openDirect(user)); } }, avatar(user.username), user.username,
        user.is_bot && el("span", { class: "tag" }, "BOT")));
    }));
  },

  async openDirect(user) {
    const channel = await this.client.call("POST", "/channels/direct", [this.me.id, user.id]);
    if (!this.channels.some((one) => one.id === channel.id)) this.channels.push(channel);
    await this.open(channel);
  },

  async open(channel) {
    this.channel = channel;
    this.unread.delete(channel.id);
    sessionStorage.setItem("channel", channel.id);
    this.closeThread();
    const title = this.titleOf(channel);
    $("#channel-name").textContent = channel.type === "D" ? title : `# ${title}`;
    $("#channel-header").textContent = channel.header || channel.purpose || "";
    composer.aim(`Message ${title} as ${this.me.username}`);
    replyComposer.aim(`Reply as ${this.me.username}`);
    this.showChannels();
    await this.readPosts();
  },

  async readPosts() {
    const channel = this.channel;
    const page = await this.client.call("GET", `/channels/${channel.id}/posts?per_page=100`);
    if (this.channel !== channel) return;
    // What came or went while the page was on its way is newer than the page.
    const read = Object.entries(page.posts).filter(([id]) => !this.deleted.has(id));
    const newest = Math.max(0, ...read.map(([, post]) => post.create_at));
    const isKept = (post) => post.channel_id === channel.id && (post.type === "system_ephemeral"
      || (page.posts[post.id]?.update_at ?? 0) < post.update_at && (post.id in page.posts || post.create_at >= newest));
    const kept = [...this.posts.values()].filter(isKept);
    this.posts = new Map([...read, ...kept.map((post) => [post.id, post])]);
    const reacted = [...this.posts.values()].filter((post) => post.has_reactions);
    await Promise.all(reacted.map((post) => this.readReactions(post.id)));
    this.show();
    if (this.thread) this.showThread();
  },

  async readReactions(id) {
    this.reactions.set(id, (await this.client.call("GET", `/posts/${id}/reactions`)) ?? []);
  },

  sorted(keep) { return [...this.posts.values()].filter(keep).sort((a, b) => a.create_at - b.create_at); },

  show() {
    const shown = this.sorted((post) => post.channel_id === this.channel.id && (!post.root_id || (post.type === "system_ephemeral" && post.root_id !== this.thread)));
    fill($("#posts"), shown.map((post) => postNode(this, post)),
      el("li", { class: "faint empty" }, `Nothing has been said here yet. Write something as ${this.me.username}.`));
  },

  showThread() {
    const shown = this.sorted((post) => post.id === this.thread || post.root_id === this.thread);
    fill($("#replies"), shown.map((post) => postNode(this, post, { inThread: true })));
  },

  redraw() {
    this.show();
    if (this.thread) this.showThread();
  },

  async openThread(id, isReply = true) {
    this.thread = id;
    const page = await this.client.call("GET", `/posts/${id}/thread`);
    for (const post of Object.values(page.posts)) this.posts.set(post.id, post);
    $("#thread").hidden = false;
    $("#chat").classList.add("with-thread");
    this.redraw();
    if (isReply) replyComposer.area.focus();
  },

  closeThread() {
    this.thread = "";
    $("#thread").hidden = true;
    $("#chat").classList.remove("with-thread");
  },

  // -- what is done -------------------------------------------------------------------------------

  async say(text, fileIds, rootId = "") {
    if (text.startsWith("/") && !fileIds.length) {
      const answer = await this.client.call("POST", "/commands/execute",
        { command: text.trim(), channel_id: this.channel.id, team_id: this.team.id, root_id: rootId });
      if (/^https?:\/\//.test(answer?.goto_location ?? "")) toast(`The command leads to ${answer.goto_location}`);
      return;
    }
    const post = await this.client.call("POST", "/posts",
      { channel_id: this.channel.id, message: text, file_ids: fileIds, root_id: rootId });
    this.put(post);
  },

  async upload(files) {
    const form = new FormData();
    form.append("channel_id", this.channel.id);
    for (const file of files) form.append("files", file, file.name);
    return (await this.client.call("POST", "/files", form)).file_infos;
  },

  async edit(post, message) { this.put(await this.client.call("PUT", `/posts/${post.id}/patch`, { message })); },
  async remove(post) { await this.client.call("DELETE", `/posts/${post.id}`); },
  forget(id) { this.posts.delete(id); this.redraw(); },

  async react(post, name) {
    const isOn = (this.reactions.get(post.id) ?? []).some((one) => one.user_id === this.me.id && one.emoji_name === name);
    if (isOn) await this.client.call("DELETE", `/users/me/posts/${post.id}/reactions/${name}`);
    else await this.client.call("POST", "/reactions", { user_id: this.me.id, post_id: post.id, emoji_name: name });
  },

  async press(post, action, selected) {
    await this.client.call("POST", `/posts/${post.id}/actions/${action.id}`, { selected_option: selected ?? "" });
  },

  submitDialog(body) { return this.client.call("POST", "/actions/dialogs/submit", { ...body, user_id: this.me.id }); },

  filesOf(post) { return this.client.call("GET", `/posts/${post.id}/files/info`); },

  async blobOf(info) {
    if (!this.blobs.has(info.id)) {
      const answer = await this.client.send("GET", `/files/${info.id}`);
      this.blobs.set(info.id, URL.createObjectURL(await answer.blob()));
    }
    return this.blobs.get(info.id);
  },

  async download(info) {
    const link = el("a", { href: await this.blobOf(info), download: info.name });
    document.body.append(link);
    link.click();
    link.remove();
  },

  suggest(text) {
    const query = new URLSearchParams({ user_input: text, channel_id: this.channel.id });
    return this.client.call("GET", `/teams/${this.team.id}/commands/autocomplete_suggestions?${query}`);
  },

  // -- what happens -------------------------------------------------------------------------------

  put(post) {
    if (post.channel_id !== this.channel?.id) {
      this.unread.add(post.channel_id);
      if (!this.channels.some((one) => one.id === post.channel_id)) this.readAgain();
      else this.showChannels();
      return;
    }
    const isNew = !this.posts.has(post.id);
    this.posts.set(post.id, post);
    const root = this.posts.get(post.root_id);
    if (root && isNew && post.type !== "system_ephemeral") this.posts.set(root.id, { ...root, reply_count: this.sorted((one) => one.root_id === root.id && one.type !== "system_ephemeral").length });
    if (!this.users.has(post.user_id)) this.readAgain();
    this.redraw();
  },

  readAgain: later(50, () => trying(async () => { await chat.readWorkspace(); await chat.readChannels(); chat.redraw(); })),

  happened(event) {
    const data = event.data;
    switch (event.event) {
      case "hello": if (this.channel) trying(() => this.readPosts()); break;
      case "posted": case "post_edited": case "ephemeral_message": this.put(JSON.parse(data.post)); break;
      case "post_deleted": this.gone(JSON.parse(data.post)); break;
      case "reaction_added": case "reaction_removed": trying(async () => {
        await this.readReactions(JSON.parse(data.reaction).post_id);
        this.redraw();
      }); break;
      case "open_dialog": openDialog(this, JSON.parse(data.dialog)); break;
      case "typing": this.typing(data.user_id, event.broadcast.channel_id); break;
      case "new_user": case "added_to_team": case "user_added": case "user_removed": case "channel_created":
      case "channel_updated": case "channel_deleted": case "direct_added": case "group_added": case "user_updated":
        this.readAgain(); break;
      default:
    }
  },

  gone(post) {
    this.posts.delete(post.id);
    this.deleted.add(post.id);
    for (const one of [...this.posts.values()]) if (one.root_id === post.id) this.posts.delete(one.id);
    const root = this.posts.get(post.root_id);
    if (root) this.posts.set(root.id, { ...root, reply_count: this.sorted((one) => one.root_id === root.id).length });
    if (this.thread === post.id) this.closeThread();
    this.redraw();
  },

  typing(userId, channelId) {
    if (channelId !== this.channel?.id || userId === this.me.id) return;
    $("#typing").textContent = `${this.nameOf(userId)} is typing …`;
    this.quiet();
  },
  quiet: later(3000, () => { $("#typing").textContent = ""; }),
};

/** Put nodes into a list that stays at its end, if that is where one was; keep the focus. */
function fill(list, nodes, empty) {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const focused = list.contains(document.activeElement) ? document.activeElement.closest("[data-id]") : null;
  const wasInside = focused && focused !== document.activeElement;
  list.replaceChildren(...(nodes.length || !empty ? nodes : [empty]));
  if (isAtEnd) list.scrollTop = list.scrollHeight;
  const again = focused && list.querySelector(`[data-id="${CSS.escape(focused.dataset.id)}"]`);
  again?.focus();
  if (wasInside) again?.querySelector("button")?.focus();
}

/** Arrow keys go from post to post; Tab then reaches what can be done with the one that has the focus. */
function walkPosts(list) {
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const current = event.target.closest(".post");
    if (!step || (event.target !== list && event.target !== current)) return;
    const posts = [...list.querySelectorAll(".post")];
    const next = current ? posts[posts.indexOf(current) + step] : posts.at(step < 0 ? -1 : 0);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

let lastTyped = 0;
function typing() {
  if (Date.now() - lastTyped < 2000) return;
  lastTyped = Date.now();
  chat.client?.say("user_typing", { channel_id: chat.channel?.id, parent_id: chat.thread });
}

const shared = { upload: (files) => chat.upload(files), suggest: (text) => chat.suggest(text), typing };
const composer = new Composer($("#composer"), { ...shared, label: "Message", send: (text, files) => chat.say(text, files) });
const replyComposer = new Composer($("#reply-composer"), { ...shared, label: "Reply", send: (text, files) => chat.say(text, files, chat.thread) });

async function named(what, work) {
  const input = el("input", { required: true, maxlength: "64", id: "new-name" });
  const box = $("#dialog");
  box.replaceChildren(el("form", { onsubmit: (event) => {
    event.preventDefault();
    trying(async () => { await work(input.value.trim()); box.close(); });
  } }, el("h2", { id: "dialog-title" }, what), el("div", { class: "field" }, el("label", { for: "new-name" }, "Name"), input),
    el("div", { class: "buttons" }, el("button", { type: "button", onclick: () => box.close() }, "Cancel"), el("button", { class: "primary" }, "Make"))));
  box.oncancel = null;
  box.showModal();
}

/** In a narrow window people and channels are a page of their own. */
function closeSide() {
  $("#chat").classList.remove("choosing");
  $("#show-side").setAttribute("aria-expanded", "false");
}

$("#person").addEventListener("change", (event) => {
  closeSide();
  trying(() => chat.be(event.target.value)).then(() => { $("#person").value = chat.me.id; });
});
$("#close-thread").addEventListener("click", () => { chat.closeThread(); chat.show(); composer.area.focus(); });
$("#thread").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) $("#close-thread").click();
});
$("#show-side").addEventListener("click", () => {
  const isOpen = $("#chat").classList.toggle("choosing");
  $("#show-side").setAttribute("aria-expanded", String(isOpen));
  if (isOpen) $("#person").focus();
});
$("#new-channel").addEventListener("click", () => named("New channel", async (name) => {
  const address = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || `channel-${Date.now()}`;
  const channel = await chat.client.call("POST", "/channels", { team_id: chat.team.id, name: address, display_name: name, type: "O" });
  await chat.readChannels();
  await chat.open(chat.channels.find((one) => one.id === channel.id) ?? channel);
}));
$("#new-person").addEventListener("click", () => named("New user", async (name) => {
  const user = await ask("POST", "users", { username: name });
  await chat.readWorkspace();
  await chat.be(user.id);
}));
for (const list of [$("#channels"), $("#directs")]) walkable(list);
for (const list of [$("#posts"), $("#replies")]) walkPosts(list);
addEventListener("pagehide", () => chat.client?.close());
trying(() => chat.begin());
