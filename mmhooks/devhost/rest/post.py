"""Posts, threads, reactions and files."""

from __future__ import annotations

from typing import Any

from starlette.responses import StreamingResponse

from mmhooks.api.models import Post, PostList, Reaction, SearchParameter
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.rest.call import Answer, Call, Router, etag, invalid, ok
from mmhooks.devhost.tables import POSTS

router = Router()


@router.on("POST", "/posts")
def create_post(call: Call) -> Answer:
    post = call.read(Post)
    call.need_channel(post.channel_id, "create_post")
    clean = Post(
        user_id=call.user_id,
        channel_id=post.channel_id,
        message=post.message,
        root_id=post.root_id,
        file_ids=post.file_ids,
        props=post.props,
        metadata=post.metadata,
        pending_post_id=post.pending_post_id,
    )
    saved = call.api.save_post(clean)
    if call.query("set_online") != "false":
        call.api.be_online(call.user_id)
    is_in_thread = bool(saved.root_id) and call.api.has_threads()
    if not is_in_thread and not {"from_webhook", "from_bot"}.intersection(saved.props):
        call.api.view_channels(call.user_id, [post.channel_id], with_threads=True)
    return Answer(saved, 201)


@router.on("POST", "/posts/ephemeral")
def create_ephemeral(call: Call) -> Answer:
    call.need("create_post_ephemeral")
    body = call.fields()
    if not isinstance(body.get("post"), dict):
        raise invalid("post")
    fields = body["post"]
    post = Post(
        user_id=call.user_id,
        channel_id=str(fields.get("channel_id", "")),
        message=str(fields.get("message", "")),
    )
    return Answer(call.api.send_ephemeral_post(str(body.get("user_id", "")), post), 201)


@router.on("POST", "/posts/ids")
def get_posts_by_ids(call: Call) -> Any:
    return [_readable(call, id) for id in call.strings()]


@router.on("GET", "/posts/{post_id}")
def get_post(call: Call) -> Any:
    post = _readable(call, call.path("post_id"))
    return call.tagged(etag(post.id, post.update_at), lambda: post)


@router.on("PUT", "/posts/{post_id}")
def update_post(call: Call) -> Any:
    return _edit(call, call.read(Post).message, call.fields())


@router.on("PUT", "/posts/{post_id}/patch")
def patch_post(call: Call) -> Any:
    body = call.fields()
    return _edit(call, body.get("message"), body)


def _edit(call: Call, message: Any, body: dict[str, Any]) -> Post:
    post = _readable(call, call.path("post_id"))
    call.need_channel(post.channel_id, "edit_post" if post.user_id == call.user_id else "edit_others_posts")
    changes: dict[str, Any] = {}
    if message is not None:
        changes["message"] = str(message)
    for name, kind in (("props", dict), ("file_ids", list), ("is_pinned", bool)):
        if isinstance(body.get(name), kind):
            changes[name] = body[name]
    return call.api.save_edit(post.evolve(**changes))


@router.on("DELETE", "/posts/{post_id}")
def delete_post(call: Call) -> Any:
    post = _readable(call, call.path("post_id"))
    needed = "delete_post" if post.user_id == call.user_id else "delete_others_posts"
    call.need_channel(post.channel_id, needed)
    call.api.remove_post(post.id, call.user_id)
    return ok()


@router.on("POST", "/posts/{post_id}/pin")
def pin(call: Call) -> Any:
    return _pin(call, True)


@router.on("POST", "/posts/{post_id}/unpin")
def unpin(call: Call) -> Any:
    return _pin(call, False)


def _pin(call: Call, is_pinned: bool) -> dict[str, str]:
    post = _readable(call, call.path("post_id"))
    call.api.save_edit(post.evolve(is_pinned=is_pinned))
    return ok()


@router.on("GET", "/channels/{channel_id}/pinned")
def get_pinned(call: Call) -> Any:
    call.need_channel(call.path("channel_id"), "read_channel_content")
    rest = "WHERE channel_id = ? AND is_pinned AND delete_at = 0 ORDER BY create_at"
    found = call.host.store.select(POSTS, rest, call.path("channel_id"))
    posts = {post.id: post for post in call.api.with_reply_counts(found)}
    pinned = PostList(order=list(posts), posts=posts)
    return call.tagged(_tag(pinned), lambda: pinned)


@router.on("GET", "/posts/{post_id}/thread")
def get_thread(call: Call) -> Any:
    _readable(call, call.path("post_id"))
    found = call.api.get_post_thread(call.path("post_id"))
    return call.tagged(_tag(found), lambda: found)


@router.on("GET", "/channels/{channel_id}/posts")
def get_posts(call: Call) -> Any:
    channel_id, (page, per_page) = call.path("channel_id"), call.page()
    call.need_channel(channel_id, "read_channel_content")
    if call.flag("collapsedThreads"):
        return _first_posts(call, channel_id, page, per_page)
    if since := call.query("since"):
        return call.api.get_posts_since(channel_id, int(since) if since.isdecimal() else 0)
    tag = etag(call.api.posts_changed_at(channel_id))
    if after := call.query("after"):
        return call.tagged(tag, lambda: call.api.get_posts_after(channel_id, after, page, per_page))
    if before := call.query("before"):
        return call.tagged(tag, lambda: call.api.get_posts_before(channel_id, before, page, per_page))
    return call.tagged(tag, lambda: call.api.get_posts_for_channel(channel_id, page, per_page))


def _first_posts(call: Call, channel_id: str, page: int, per_page: int) -> Any:
    """The channel as a client shows it that shows threads apart."""
    extended, since = call.flag("collapsedThreadsExtended"), call.number("since")
    if since:
        return call.api.first_posts(channel_id, call.user_id, 0, 1000, extended=extended, since=since)
    where = {name: call.query(name) for name in ("after", "before") if call.query(name)}
    chosen = dict([*where.items()][:1])
    tag = etag(call.api.posts_changed_at(channel_id))
    return call.tagged(
        tag,
        lambda: call.api.first_posts(channel_id, call.user_id, page, per_page, extended=extended, **chosen),
    )


@router.on("GET", "/users/{user_id}/channels/{channel_id}/posts/unread")
def get_posts_around_unread(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.need_channel(call.path("channel_id"), "read_channel_content")
    before, after = call.number("limit_before", 60), call.number("limit_after", 60)
    if not after:
        raise fail("Context", "api.context.invalid_url_param.app_error", 400, "limit_after is 0.")
    return call.api.posts_around_unread(call.path("channel_id"), call.path("user_id"), before, after)


def _tag(posts: PostList) -> str:
    changed = max(((post.update_at, id) for id, post in posts.posts.items()), default=(0, "0"))
    return etag(posts.order[0] if posts.order else "", changed[1], changed[0])


@router.on("GET", "/users/{user_id}/posts/flagged")
def get_flagged(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    page, per_page = call.page()  # the server takes the number of the page for a number of posts
    channel_id = call.query("channel_id")
    team_id = "" if channel_id else call.query("team_id")
    return call.api.get_flagged_posts(
        call.path("user_id"), page, per_page, team_id=team_id, channel_id=channel_id
    )


@router.on("POST", "/users/{user_id}/posts/{post_id}/set_unread")
def set_unread(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    _readable(call, call.path("post_id"))
    with_threads = bool(call.fields().get("collapsed_threads_supported")) if call.body else False
    return call.api.mark_unread(call.path("user_id"), call.path("post_id"), with_threads=with_threads)


@router.on("POST", "/teams/{team_id}/posts/search")
def search_posts(call: Call) -> Any:
    call.need_team(call.path("team_id"), "view_team")
    return _search(call, call.path("team_id"))


@router.on("POST", "/posts/search")
def search_posts_everywhere(call: Call) -> Any:
    return _search(call, "")


def _search(call: Call, team_id: str) -> Any:
    params = call.read(SearchParameter)
    if not params.terms:
        raise invalid("terms")
    return call.api.search_posts_in_team_for_user(team_id, call.user_id, params)


@router.on("POST", "/reactions")
def add_reaction(call: Call) -> Answer:
    reaction = call.read(Reaction)
    call.need_self(reaction.user_id)
    post = _readable(call, reaction.post_id)
    call.need_channel(post.channel_id, "add_reaction")
    return Answer(call.api.add_reaction(reaction), 201)


@router.on("GET", "/posts/{post_id}/reactions")
def get_reactions(call: Call) -> Any:
    _readable(call, call.path("post_id"))
    return call.api.get_reactions(call.path("post_id"))


@router.on("POST", "/posts/ids/reactions")
def get_bulk_reactions(call: Call) -> Any:
    found = {id: call.api.get_reactions(_readable(call, id).id) for id in call.strings()}
    return {id: reactions for id, reactions in found.items() if reactions}


@router.on("DELETE", "/users/{user_id}/posts/{post_id}/reactions/{name}")
def remove_reaction(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    _readable(call, call.path("post_id"))
    call.api.remove_reaction(
        Reaction(user_id=call.path("user_id"), post_id=call.path("post_id"), emoji_name=call.path("name"))
    )
    return ok()


@router.on("POST", "/files", uploads=True)
def upload_files(call: Call) -> Answer:
    if call.form is None:
        channel_id, name = call.query("channel_id"), call.query("filename")
        call.need_channel(channel_id, "upload_file")
        infos = [call.api.store_file(call.content or b"", channel_id, name, user_id=call.user_id)]
        return Answer({"file_infos": infos, "client_ids": []}, 201)
    channel_id = str(call.form.get("channel_id", "") or call.query("channel_id"))
    call.need_channel(channel_id, "upload_file")
    infos = [
        call.api.store_file(part.file, channel_id, part.filename or "file", user_id=call.user_id)
        for part in call.form.getlist("files")
        if not isinstance(part, str)
    ]
    if not infos:
        raise invalid("files")
    ids = [part for part in call.form.getlist("client_ids") if isinstance(part, str)]
    return Answer({"file_infos": infos, "client_ids": ids}, 201)


@router.on("GET", "/files/{file_id}")
def get_file(call: Call) -> Any:
    info = _file(call)
    call.api.ask_for_download(info, call.user_id, "file")
    disposition = "inline" if info.mime_type.startswith("image/") else "attachment"
    name = info.name.replace("\\", "_").replace('"', "_").encode("ascii", "replace").decode()
    return StreamingResponse(
        call.api.blob(info.path),
        media_type=info.mime_type or "application/octet-stream",
        headers={
            "Content-Disposition": f'{disposition}; filename="{name}"',
            "Content-Length": str(info.size),
            "X-Content-Type-Options": "nosniff",
        },
    )


@router.on("GET", "/files/{file_id}/thumbnail")
def get_thumbnail(call: Call) -> Any:
    _file(call)
    id = "api.file.get_file_thumbnail.no_thumbnail.app_error"
    raise fail("getFileThumbnail", id, 400, "The file has no thumbnail; the embedded host makes none.")


@router.on("GET", "/files/{file_id}/preview")
def get_preview(call: Call) -> Any:
    _file(call)
    id = "api.file.get_file_preview.no_preview.app_error"
    raise fail("getFilePreview", id, 400, "The file has no preview; the embedded host makes none.")


@router.on("GET", "/files/{file_id}/info")
def get_file_info(call: Call) -> Any:
    return _file(call)


@router.on("GET", "/files/{file_id}/link")
def get_file_link(call: Call) -> Any:
    if not call.api.setting("FileSettings", "EnablePublicLink"):
        text = "Public links are switched off."
        raise fail("getPublicLink", "api.file.get_public_link.disabled.app_error", 403, text)
    _file(call)
    return {"link": call.api.get_file_link(call.path("file_id"))}


@router.on("GET", "/posts/{post_id}/files/info")
def get_files_of_post(call: Call) -> Any:
    post = _readable(call, call.path("post_id"))
    return [call.api.get_file_info(id) for id in post.file_ids]


def _file(call: Call) -> Any:
    info = call.api.get_file_info(call.path("file_id"))
    if info.creator_id != call.user_id:
        call.need_channel(info.channel_id, "read_channel_content")
    return info


def _readable(call: Call, post_id: str) -> Post:
    post = call.api.get_post(post_id)
    call.need_channel(post.channel_id, "read_channel_content")
    return post
