"""The plugin API as the embedded host offers it: the same names, arguments and results as the client's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from mmhooks.devhost.api.account import AccountTopic
from mmhooks.devhost.api.bot import BotTopic
from mmhooks.devhost.api.channel import ChannelTopic
from mmhooks.devhost.api.channel_member import ChannelMemberTopic
from mmhooks.devhost.api.command import CommandTopic
from mmhooks.devhost.api.config import ConfigTopic
from mmhooks.devhost.api.draft import DraftTopic
from mmhooks.devhost.api.execution import ExecutionTopic
from mmhooks.devhost.api.file import FileTopic
from mmhooks.devhost.api.group import GroupTopic
from mmhooks.devhost.api.history import HistoryTopic
from mmhooks.devhost.api.interaction import InteractionTopic
from mmhooks.devhost.api.kv import KVTopic
from mmhooks.devhost.api.notification import NotificationTopic
from mmhooks.devhost.api.oauth import OAuthTopic
from mmhooks.devhost.api.overview import OverviewTopic
from mmhooks.devhost.api.plugin import PluginTopic
from mmhooks.devhost.api.post import PostTopic
from mmhooks.devhost.api.property import PropertyTopic
from mmhooks.devhost.api.reaction import ReactionTopic
from mmhooks.devhost.api.reading import ReadingTopic
from mmhooks.devhost.api.refusal import Refused
from mmhooks.devhost.api.search import SearchTopic
from mmhooks.devhost.api.shared import SharedTopic
from mmhooks.devhost.api.sidebar import SidebarTopic
from mmhooks.devhost.api.suggestion import SuggestionTopic
from mmhooks.devhost.api.system import SystemTopic
from mmhooks.devhost.api.team import TeamTopic
from mmhooks.devhost.api.team_member import TeamMemberTopic
from mmhooks.devhost.api.thread import ThreadTopic
from mmhooks.devhost.api.unread import UnreadTopic
from mmhooks.devhost.api.user import UserTopic
from mmhooks.devhost.api.webhook import WebhookTopic

__all__ = ["HostAPI"]


class HostAPI(
    UserTopic,
    AccountTopic,
    TeamTopic,
    TeamMemberTopic,
    ChannelTopic,
    ChannelMemberTopic,
    PostTopic,
    ReadingTopic,
    ReactionTopic,
    DraftTopic,
    FileTopic,
    KVTopic,
    CommandTopic,
    ExecutionTopic,
    InteractionTopic,
    WebhookTopic,
    BotTopic,
    ConfigTopic,
    GroupTopic,
    HistoryTopic,
    NotificationTopic,
    OAuthTopic,
    OverviewTopic,
    PluginTopic,
    PropertyTopic,
    SearchTopic,
    SharedTopic,
    SidebarTopic,
    SuggestionTopic,
    SystemTopic,
    ThreadTopic,
    UnreadTopic,
):
    """Every API method of the plugin API by its name; those that the host lacks refuse.

    Beside them there are methods that are the host's own, for the server's other doors: `save_post`,
    `press`, `log_in`, `run_command`, `create_channel_as` and their like.
    """

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Callable[..., NoReturn]:
            from mmhooks.api._generated.client import METHODS

            if name not in METHODS:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            return Refused(name)
