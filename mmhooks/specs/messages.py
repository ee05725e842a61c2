"""Posts, drafts and reactions.

A post comes without its metadata: ``post.metadata`` is empty, and what a hookimpl puts there is not kept.
Posts made by plugins fire these hooks too, those of the plugin itself among them: mark your own
(``post.props``) or check the author before you answer a post with a post.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mmhooks.errors import Rejection
from mmhooks.specs.semantics import hookspec, notify, pipeline

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import Draft, PluginContext, Post, Reaction, ScheduledPost


def merge_posts(posts: Sequence[Post], changed: Sequence[Post]) -> list[Post]:
    """Put changed posts in the place of those with the same id.

    Returns:
        As many posts as there were, in their order. Ids that are not among them are left out, as the server
        does; of several posts with one id the last counts.
    """
    by_id = {post.id: post for post in changed}
    return [by_id.get(post.id, post) for post in posts]


@hookspec(pipeline("post"))
def message_will_be_posted(context: PluginContext, post: Post, api: API) -> Post | Rejection | None:
    """Look at, change or refuse a post before it is stored.

    Fires: Before a new post is stored, whoever makes it: users, webhooks, plugins, this plugin.
    Combines: Pipeline. Each hookimpl sees the post that the one before returned; None leaves it as it is. The
        first rejection stops.

    Args:
        context: The request behind the post.
        post: The new post; it has no id yet, and no metadata.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: The post is not stored, and its author gets the reason as an error (status 400). A dismissal
        drops the post without telling anybody.

    On a real server a field that is returned empty, 0 or false keeps its old value: a message can be
    replaced, not cleared.
    """


@hookspec(pipeline("new_post"))
def message_will_be_updated(
    context: PluginContext, new_post: Post, old_post: Post, api: API
) -> Post | Rejection | None:
    """Look at, change or refuse an edit before it is stored.

    Fires: Before an edited post is stored, whoever edits it: users, plugins, this plugin.
    Combines: Pipeline. Each hookimpl sees the new post that the one before returned; None leaves it as it is
        (the server itself takes no answer for a rejection, so the new post is always sent back). The first
        rejection stops.

    Args:
        context: The request behind the edit.
        new_post: The post as it is to become, without metadata.
        old_post: The post as it is stored, without metadata.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: The stored post stays as it was, and the editor gets the reason as an error.
    """


@hookspec(notify())
def message_has_been_posted(context: PluginContext, post: Post, api: API) -> None:
    """Act on a post that has been stored.

    Fires: After a new post is stored, whoever made it: users, webhooks, plugins, this plugin.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the post.
        post: The post as stored.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Not possible; see `message_will_be_posted`.
    """


@hookspec(notify())
def message_has_been_updated(context: PluginContext, new_post: Post, old_post: Post, api: API) -> None:
    """Act on an edit that has been stored.

    Fires: After an edited post is stored, whoever edited it: users, plugins, this plugin.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the edit.
        new_post: The post as it is stored now.
        old_post: The post as it was before.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Not possible; see `message_will_be_updated`.
    """


@hookspec(notify())
def message_has_been_deleted(context: PluginContext, post: Post, api: API) -> None:
    """Act on a post that has been deleted.

    Fires: After a post is deleted, whoever deleted it: users, plugins, this plugin.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the deletion.
        post: The post that is gone.
        api: The plugin API.

    Minimum server version: 9.1

    Rejecting: Not possible.
    """


@hookspec(pipeline("posts", merge=merge_posts))
def messages_will_be_consumed(posts: list[Post], api: API) -> list[Post] | None:
    """Change posts on their way to a client; what is stored stays as it is.

    Fires: Whenever a client asks for posts, and only on servers with the feature flag ``ConsumePostHook``. It
        is on the path of every page of posts: be quick.
    Combines: Pipeline. Each hookimpl sees the whole list with the changes of those before. Return the changed
        posts only; they replace those with the same id. Order and number of the posts stay.

    Args:
        posts: The posts that the client will get.
        api: The plugin API.

    Minimum server version: 9.3

    Rejecting: Not possible, and no post can be left out; change its message instead.
    """


@hookspec(pipeline("posts", merge=merge_posts))
def messages_will_be_consumed_with_context(
    context: PluginContext, posts: list[Post], api: API
) -> list[Post] | None:
    """Change posts on their way to a client, knowing who asks; what is stored stays as it is.

    Fires: As `messages_will_be_consumed`, on servers that know this later form.
    Combines: Pipeline. Each hookimpl sees the whole list with the changes of those before. Return the changed
        posts only; they replace those with the same id. Order and number of the posts stay.

    Args:
        context: The request for the posts; its session tells the reader.
        posts: The posts that the client will get.
        api: The plugin API.

    Minimum server version: 11.9

    Rejecting: Not possible, and no post can be left out; change its message instead.
    """


@hookspec(pipeline("scheduled_post"))
def scheduled_post_will_be_created(
    context: PluginContext, scheduled_post: ScheduledPost, api: API
) -> ScheduledPost | Rejection | None:
    """Look at, change or refuse a post that is to be sent later.

    Fires: Before a scheduled post is stored, and also before an existing one is updated. When its time comes,
        `message_will_be_posted` fires as for any post.
    Combines: Pipeline. Each hookimpl sees the scheduled post that the one before returned; None leaves it as
        it is. The first rejection stops.

    Args:
        context: The request behind the scheduled post.
        scheduled_post: What is to be stored; ``scheduled_at`` is in milliseconds since the epoch.
        api: The plugin API.

    Minimum server version: 11.9

    Rejecting: Nothing is stored, and the author gets the reason as an error.
    """


@hookspec(pipeline("draft"))
def draft_will_be_upserted(context: PluginContext, draft: Draft, api: API) -> Draft | Rejection | None:
    """Look at, change or refuse a draft before it is stored.

    Fires: Before a draft is created or updated, which clients do while somebody is typing: be quick.
    Combines: Pipeline. Each hookimpl sees the draft that the one before returned; None leaves it as it is.
        The first rejection stops.

    Args:
        context: The request behind the draft.
        draft: What is to be stored.
        api: The plugin API.

    Minimum server version: 11.9

    Rejecting: The draft is not stored, and the request for it fails with the reason.
    """


@hookspec(notify())
def reaction_has_been_added(context: PluginContext, reaction: Reaction, api: API) -> None:
    """Act on a reaction that has been stored.

    Fires: After somebody has reacted to a post: users, plugins, this plugin.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the reaction.
        reaction: Names the post, the user and the emoji.
        api: The plugin API.

    Minimum server version: 5.30

    Rejecting: Not possible.
    """


@hookspec(notify())
def reaction_has_been_removed(context: PluginContext, reaction: Reaction, api: API) -> None:
    """Act on a reaction that has been taken back.

    Fires: After a reaction is removed from a post, by users, plugins, this plugin.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the removal.
        reaction: Names the post, the user and the emoji.
        api: The plugin API.

    Minimum server version: 5.30

    Rejecting: Not possible.
    """
