"""What somebody has begun to write."""

from __future__ import annotations

from mmhooks.api.models import Draft
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.tables import DRAFTS


class DraftTopic(Topic):
    """What somebody has begun to write. The plugin API has no method for it; clients keep drafts by REST."""

    def upsert_draft(self, draft: Draft) -> Draft | None:
        """Keep a draft, unless a plugin refuses; None for an empty one, which is forgotten.

        Raises:
            AppError: (400) there is no such channel, it is archived, or the plugin refuses.
        """
        where = "CreateDraft"
        channel = self.app.maybe_channel(draft.channel_id)
        if channel is None:
            raise fail(where, "api.context.invalid_param.app_error", 400, "There is no such channel.")
        if channel.delete_at:
            id = "api.draft.create_draft.can_not_draft_to_deleted.error"
            raise fail(where, id, 400, "The channel is archived.")
        if not draft.message:
            self.delete_draft(draft.user_id, draft.channel_id, draft.root_id)
            return None
        draft, reason = self.firing.replace("draft_will_be_upserted", draft)
        if reason:
            raise fail(
                where, "app.draft.upsert_draft.rejected_by_plugin", 400, f"Rejected by plugin: {reason}"
            )
        now = self.now()
        saved = draft.evolve(create_at=now, update_at=now, delete_at=0)
        self.store.put(DRAFTS, saved)
        self.publish("draft_created", user_id=draft.user_id, channel_id=draft.channel_id, draft=saved)
        return saved

    def get_drafts(self, user_id: str, team_id: str) -> list[Draft]:
        """Return a user's drafts in a team and in direct channels, the last changed one first."""
        rest = (
            "WHERE user_id = ? AND channel_id IN (SELECT id FROM channels WHERE team_id IN (?, ''))"
            " ORDER BY update_at DESC"
        )
        return self.store.select(DRAFTS, rest, user_id, team_id)

    def delete_draft(self, user_id: str, channel_id: str, root_id: str) -> None:
        """Forget a draft; nothing happens without one."""
        statement = "DELETE FROM drafts WHERE user_id = ? AND channel_id = ? AND root_id = ?"
        if self.store.execute(statement, user_id, channel_id, root_id):
            gone = Draft(user_id=user_id, channel_id=channel_id, root_id=root_id)
            self.publish("draft_deleted", user_id=user_id, channel_id=channel_id, draft=gone)
