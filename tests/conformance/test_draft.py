"""Drafts, and scheduled posts, by REST."""

from tests.conformance.world import NOBODY, refused


def draft(channel, message="begun", root_id=""):
    return {"channel_id": channel.id, "message": message, "root_id": root_id}


def kept(person, team):
    return [one["message"] for one in person.get(f"/users/{person.id}/teams/{team.id}/drafts") or ()]


def test_a_draft_is_kept(ann, team, channel):
    made = ann.post("/drafts", draft(channel))
    assert (made["message"], made["user_id"], made["channel_id"]) == ("begun", ann.id, channel.id)
    assert made["create_at"] > 0
    again = ann.post("/drafts", draft(channel, "more"))
    assert again["create_at"] >= made["create_at"]
    assert kept(ann, team) == ["more"]
    ann.delete(f"/users/{ann.id}/channels/{channel.id}/drafts")
    assert kept(ann, team) == []


def test_an_empty_draft_is_forgotten(ann, team, channel):
    ann.post("/drafts", draft(channel))
    assert ann.post("/drafts", draft(channel, "")) is None
    assert kept(ann, team) == []


def test_each_thread_has_its_draft(ann, team, channel):
    root = ann.say(channel, "root")
    ann.post("/drafts", draft(channel, "in the channel"))
    ann.post("/drafts", draft(channel, "in the thread", root.id))
    assert sorted(kept(ann, team)) == ["in the channel", "in the thread"]
    ann.delete(f"/users/{ann.id}/channels/{channel.id}/drafts/{root.id}")
    assert kept(ann, team) == ["in the channel"]


def test_drafts_that_are_refused(api, world, ann, team, channel):
    other = world.channel(team, type="P")
    assert refused(ann.post, "/drafts", draft(other)) == (403, "api.context.permissions.app_error")
    assert refused(ann.post, "/drafts", draft(other.evolve(id=NOBODY)))[0] == 403
    api.delete_channel(channel.id)
    gone = (400, "api.draft.create_draft.can_not_draft_to_deleted.error")
    assert refused(ann.post, "/drafts", draft(channel)) == gone


def test_scheduled_posts_need_a_licence(ann, channel):
    later = {**draft(channel), "scheduled_at": 4_000_000_000_000}
    assert refused(ann.post, "/posts/schedule", later) == (400, "api.scheduled_posts.license_error")
