"""The categories of a user's sidebar."""

from __future__ import annotations

from typing import Final

from mmhooks.api.models import OrderedSidebarCategories, Preference, SidebarCategoryWithChannels
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.tables import PREFERENCES, SIDEBAR_CATEGORIES

_STEP: Final = 10
_FIRST: Final = (
    ("favorites", "Favorites", 0, ""),
    ("channels", "Channels", 10, ""),
    ("direct_messages", "Direct Messages", 20, "recent"),
)
"""Type, name, place and order of the categories that everybody has."""
_ID: Final = "app.channel.sidebar_categories.app_error"


class SidebarTopic(Topic):
    """The categories of a user's sidebar."""

    def get_channel_sidebar_categories(self, user_id: str, team_id: str) -> OrderedSidebarCategories:
        found = self._categories(user_id, team_id)
        if not found:
            self.make_first_categories(user_id, team_id)
            found = self._categories(user_id, team_id)
        return OrderedSidebarCategories(categories=found, order=[category.id for category in found])

    def make_first_categories(self, user_id: str, team_id: str) -> None:
        """Give a new member of a team the categories that everybody has."""
        with self.store.transaction():
            for kind, name, order, sorting in _FIRST:
                category = SidebarCategoryWithChannels(
                    id=f"{kind}_{user_id}_{team_id}",
                    user_id=user_id,
                    team_id=team_id,
                    sort_order=order,
                    sorting=sorting,
                    type=kind,
                    display_name=name,
                )
                if self.store.get(SIDEBAR_CATEGORIES, category.id) is None:
                    self.store.insert(SIDEBAR_CATEGORIES, category)
                    if kind == "favorites":
                        self._place(category.id, user_id, self._starred(user_id, team_id))

    def _starred(self, user_id: str, team_id: str) -> list[str]:
        rows = self.store.rows(
            "SELECT c.id FROM preferences p JOIN channels c ON c.id = p.name"
            " JOIN channel_members m ON m.channel_id = c.id AND m.user_id = p.user_id"
            " WHERE p.user_id = ? AND p.category = 'favorite_channel' AND p.value = 'true'"
            " AND c.team_id IN (?, '') ORDER BY c.display_name, c.name",
            user_id,
            team_id,
        )
        return [row[0] for row in rows]

    def follow_star(self, preference: Preference) -> None:
        """Put a channel into the favourites, or take it out, as a preference says."""
        user_id, channel_id = preference.user_id, preference.name
        if preference.category != "favorite_channel":
            return
        if preference.value == "false":
            self.store.execute(
                "DELETE FROM sidebar_channels WHERE user_id = ? AND channel_id = ? AND category_id IN"
                " (SELECT id FROM sidebar_categories WHERE type = 'favorites')",
                user_id,
                channel_id,
            )
            return
        channel = self.app.maybe_channel(channel_id)
        if channel is None:
            id = "api.preference.update_preferences.update_sidebar.app_error"
            raise fail("UpdatePreferences", id, 500, "There is no such channel.")
        self.store.execute(
            "INSERT OR IGNORE INTO sidebar_channels SELECT ?1, ?2, g.id, (SELECT ifnull(min(s.sort_order) - 10, 0)"
            " FROM sidebar_channels s WHERE s.category_id = g.id) FROM sidebar_categories g"
            " WHERE g.user_id = ?2 AND g.type = 'favorites' AND ?3 IN ('', g.team_id)",
            channel_id,
            user_id,
            channel.team_id,
        )

    def create_channel_sidebar_category(
        self, user_id: str, team_id: str, new_category: SidebarCategoryWithChannels
    ) -> SidebarCategoryWithChannels:
        where = "CreateSidebarCategory"
        known = self._categories(user_id, team_id)
        if not known:
            raise fail(where, _ID, 404, "The user has no categories in this team yet.")
        place = 1 if known[0].type == "favorites" else 0
        category = SidebarCategoryWithChannels(
            id=new_id(),
            user_id=user_id,
            team_id=team_id,
            sorting=new_category.sorting,
            type="custom",
            display_name=new_category.display_name,
            muted=new_category.muted,
        )
        order = [one.id for one in known]
        order.insert(place, category.id)
        with self.store.transaction():
            self.store.insert(SIDEBAR_CATEGORIES, category)
            for channel_id in new_category.channels:
                self.store.execute(
                    "DELETE FROM sidebar_channels WHERE user_id = ? AND channel_id = ? AND category_id IN"
                    " (SELECT id FROM sidebar_categories WHERE team_id = ?)",
                    user_id,
                    channel_id,
                    team_id,
                )
            self._place(category.id, user_id, new_category.channels)
            self._sort(order)
        self.publish("sidebar_category_created", team_id=team_id, user_id=user_id, category_id=category.id)
        return category.evolve(sort_order=place * _STEP, channels=list(new_category.channels))

    def update_channel_sidebar_categories(
        self, user_id: str, team_id: str, categories: list[SidebarCategoryWithChannels]
    ) -> list[SidebarCategoryWithChannels]:
        before = [self._stored(category.id) for category in categories]
        after = [_changed(old, new) for old, new in zip(before, categories, strict=True)]
        with self.store.transaction():
            for category in after:
                self.store.update(SIDEBAR_CATEGORIES, category)
                self.store.execute("DELETE FROM sidebar_channels WHERE category_id = ?", category.id)
            for old, category in zip(before, after, strict=True):
                self._place(category.id, user_id, category.channels)
                self._star(user_id, old, category)
        self.publish("sidebar_category_updated", team_id=team_id, user_id=user_id, updatedCategories=after)
        self._mute(user_id, before, after)
        return self._with_the_rest(after, user_id, team_id)

    def category(self, category_id: str) -> SidebarCategoryWithChannels:
        """Return one category with its channels.

        Raises:
            AppError: (404) there is none with this id.
        """
        category = self.store.get(SIDEBAR_CATEGORIES, category_id)
        if category is None:
            raise fail("GetSidebarCategory", _ID, 404, "There is no such category.")
        found = category.evolve(channels=self._placed(category_id))
        return self._with_the_rest([found], category.user_id, category.team_id)[0]

    def order_categories(self, user_id: str, team_id: str, order: list[str]) -> None:
        """Put a user's categories in another order.

        Raises:
            AppError: (500, 400) these are not all of them.
        """
        where, known = "UpdateSidebarCategoryOrder", [one.id for one in self._categories(user_id, team_id)]
        if sorted(order) != sorted(known):
            status = 500 if len(order) != len(known) else 400
            raise fail(where, _ID, status, "These are not the user's categories.")
        with self.store.transaction():
            self._sort(order)
        self.publish("sidebar_category_order_updated", team_id=team_id, user_id=user_id, order=order)

    def _sort(self, order: list[str]) -> None:
        for number, id in enumerate(order):
            move = "UPDATE sidebar_categories SET sort_order = ? WHERE id = ?"
            self.store.execute(move, number * _STEP, id)

    def delete_category(self, category: SidebarCategoryWithChannels) -> None:
        """Remove a category that a user has made.

        Raises:
            AppError: (400) everybody has it.
        """
        if category.type != "custom":
            raise fail("DeleteSidebarCategory", _ID, 400, "Everybody has this category.")
        with self.store.transaction():
            self.store.execute("DELETE FROM sidebar_categories WHERE id = ?", category.id)
            self.store.execute("DELETE FROM sidebar_channels WHERE category_id = ?", category.id)
        target = {"team_id": category.team_id, "user_id": category.user_id}
        self.publish("sidebar_category_deleted", **target, category_id=category.id)

    def _stored(self, category_id: str) -> SidebarCategoryWithChannels:
        category = self.store.get(SIDEBAR_CATEGORIES, category_id)
        if category is None:
            raise fail("UpdateSidebarCategories", _ID, 500, "There is no such category.")
        found = category.evolve(channels=self._placed(category_id))
        return self._with_the_rest([found], category.user_id, category.team_id)[0]

    def _star(self, user_id: str, old: SidebarCategoryWithChannels, new: SidebarCategoryWithChannels) -> None:
        """Keep the preferences in step, in which older clients look for favourites."""
        is_star = new.type == "favorites"
        for channel_id in old.channels if is_star else new.channels:
            forget = (
                "DELETE FROM preferences WHERE user_id = ? AND category = 'favorite_channel' AND name = ?"
            )
            self.store.execute(forget, user_id, channel_id)
        for channel_id in new.channels if is_star else ():
            star = Preference(user_id=user_id, category="favorite_channel", name=channel_id, value="true")
            self.store.put(PREFERENCES, star)

    def _mute(
        self,
        user_id: str,
        before: list[SidebarCategoryWithChannels],
        after: list[SidebarCategoryWithChannels],
    ) -> None:
        """Mute channels whose category was muted, or that were moved into a muted one; and the reverse."""
        was = {channel_id: one.muted for one in before for channel_id in one.channels}
        for category in after:
            for channel_id in category.channels:
                if was.get(channel_id, category.muted) == category.muted:
                    continue
                if self.app.maybe_channel_member(channel_id, user_id) is not None:
                    unread = "mention" if category.muted else "all"
                    self.app.update_channel_member_notifications(channel_id, user_id, {"mark_unread": unread})

    def _place(self, category_id: str, user_id: str, channel_ids: list[str]) -> None:
        for number, channel_id in enumerate(channel_ids):
            row = (channel_id, user_id, category_id, number * _STEP)
            self.store.execute("REPLACE INTO sidebar_channels VALUES (?, ?, ?, ?)", *row)

    def _placed(self, category_id: str) -> list[str]:
        query = "SELECT channel_id FROM sidebar_channels WHERE category_id = ? ORDER BY sort_order"
        return [row[0] for row in self.store.rows(query, category_id)]

    def _categories(self, user_id: str, team_id: str) -> list[SidebarCategoryWithChannels]:
        rest = "WHERE user_id = ? AND team_id = ? ORDER BY sort_order, sidebar_categories.rowid"
        rows = self.store.select(SIDEBAR_CATEGORIES, rest, user_id, team_id)
        placed = [row.evolve(channels=self._placed(row.id)) for row in rows]
        return self._with_the_rest(placed, user_id, team_id)

    def _with_the_rest(
        self, categories: list[SidebarCategoryWithChannels], user_id: str, team_id: str
    ) -> list[SidebarCategoryWithChannels]:
        """Put the channels that are in no category into those for channels and direct messages."""
        rows = self.store.rows(
            "SELECT c.id, c.type IN ('D', 'G') FROM channel_members m JOIN channels c ON c.id = m.channel_id"
            " WHERE m.user_id = ?1 AND c.delete_at = 0 AND (c.type IN ('D', 'G') OR c.team_id = ?2)"
            " AND NOT EXISTS (SELECT 1 FROM sidebar_channels s JOIN sidebar_categories g ON g.id = s.category_id"
            " WHERE s.channel_id = c.id AND g.user_id = ?1 AND g.team_id = ?2) ORDER BY c.display_name",
            user_id,
            team_id,
        )
        rest = {
            "channels": [id for id, is_direct in rows if not is_direct],
            "direct_messages": [id for id, is_direct in rows if is_direct],
        }
        return [one.evolve(channels=[*one.channels, *rest.get(one.type, [])]) for one in categories]


def _changed(
    old: SidebarCategoryWithChannels, new: SidebarCategoryWithChannels
) -> SidebarCategoryWithChannels:
    is_direct = old.type == "direct_messages"
    return old.evolve(
        sorting=new.sorting,
        collapsed=new.collapsed,
        display_name=new.display_name if old.type == "custom" else old.display_name,
        muted=old.muted if is_direct else new.muted,
        channels=[] if is_direct else list(new.channels),
    )
