"""Bots, configuration, plugins, the log, OAuth apps, and what the server says of itself."""

import time

import pytest

from mmhooks.api.http import Request
from mmhooks.api.models import (
    AuditRecord,
    Bot,
    BotGetOptions,
    BotPatch,
    OAuthApp,
    PluginClusterEvent,
    PluginClusterEventSendOptions,
    WebsocketBroadcast,
)
from tests.conformance.world import NOBODY, PLUGIN, refused

NO_BOT = (404, "store.sql_bot.get.missing.app_error")


@pytest.fixture
def bot(api, world):
    return api.create_bot(Bot(username=world.word("bot"), display_name="The bot", description="d"))


def test_a_new_bot(api, bot):
    assert (bot.owner_id, bot.display_name, bot.description, bot.delete_at) == (PLUGIN, "The bot", "d", 0)
    assert bot.create_at == bot.update_at > 0
    assert api.get_bot(bot.user_id, False) == bot
    user = api.get_user(bot.user_id)
    assert (user.is_bot, user.username, user.email) == (True, bot.username, f"{bot.username}@localhost")
    assert user.first_name == "The bot"
    assert user.roles == "system_user"


@pytest.mark.parametrize(
    ("changes", "id"),
    [
        ({"username": ""}, "model.bot.is_valid.username.app_error"),
        ({"username": "b" * 65}, "model.bot.is_valid.username.app_error"),
        ({"description": "d" * 1025}, "model.bot.is_valid.description.app_error"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_bot(api, world, changes, id):
    assert refused(api.create_bot, Bot(username=world.word("bot")).evolve(**changes)) == (400, id)


def test_a_name_that_is_taken(api, user):
    assert refused(api.create_bot, Bot(username=user.username)) == (
        400,
        "app.user.save.username_exists.app_error",
    )


def test_a_bot_cannot_own_a_bot(api, world, bot):
    owned = Bot(username=world.word("bot"), owner_id=bot.user_id)
    assert refused(api.create_bot, owned) == (400, "plugin_api.bot_cant_create_bot")


def test_a_bot_is_changed(api, world, bot):
    name = world.word("bot")
    new = api.patch_bot(bot.user_id, BotPatch(username=name, display_name="New"))
    assert (new.username, new.display_name, new.description) == (name, "New", "d")
    assert api.get_user(bot.user_id).username == name
    off = api.update_bot_active(bot.user_id, False)
    assert off.delete_at > 0
    assert refused(api.get_bot, bot.user_id, False) == NO_BOT
    assert api.get_bot(bot.user_id, True).delete_at > 0
    assert api.get_user(bot.user_id).delete_at > 0
    assert api.update_bot_active(bot.user_id, True).delete_at == 0
    api.permanent_delete_bot(bot.user_id)
    assert refused(api.get_bot, bot.user_id, True) == NO_BOT


def test_bots_are_listed(api, bot):
    options = BotGetOptions(owner_id=PLUGIN, page=0, per_page=200)
    assert bot.user_id in [one.user_id for one in api.get_bots(options)]
    assert api.get_bots(options.evolve(owner_id=NOBODY)) == []
    assert len(api.get_bots(options.evolve(per_page=1))) == 1
    api.update_bot_active(bot.user_id, False)
    assert bot.user_id not in [one.user_id for one in api.get_bots(options)]
    assert bot.user_id in [one.user_id for one in api.get_bots(options.evolve(include_deleted=True))]


def test_bots_that_are_not_there(api, user):
    assert refused(api.get_bot, NOBODY, True) == NO_BOT
    assert refused(api.get_bot, user.id, True) == NO_BOT
    assert refused(api.patch_bot, NOBODY, BotPatch()) == NO_BOT
    assert refused(api.update_bot_active, NOBODY, True) == (404, "app.user.missing_account.const")


def test_the_plugins_own_bot(api, world):
    name = world.word("bot")
    bot_id = api.ensure_bot_user(Bot(username=name, display_name="One"))
    assert api.get_bot(bot_id, False).display_name == "One"
    assert api.ensure_bot_user(Bot(username=name, display_name="Two")) == bot_id
    assert api.get_bot(bot_id, False).display_name == "Two"
    assert refused(api.ensure_bot_user, Bot())[0] == 500


def test_the_configuration(api):
    config = api.get_config()
    assert config["PluginSettings"]["Enable"] is True
    assert config["ServiceSettings"]["EnableUserAccessTokens"] is True
    assert config["SqlSettings"]["DataSource"] in ("", "*" * 32)
    assert api.get_unsanitized_config()["PluginSettings"]["Enable"] is True


def test_the_configuration_is_saved(api):
    config = api.get_config()
    before = config["TeamSettings"]["MaxChannelsPerTeam"]
    config["TeamSettings"]["MaxChannelsPerTeam"] = before + 1
    api.save_config(config)
    assert api.get_config()["TeamSettings"]["MaxChannelsPerTeam"] == before + 1
    assert api.get_unsanitized_config()["SqlSettings"]["DataSource"] != "*" * 32


def test_the_plugins_configuration(api):
    api.save_plugin_config({"Word": "one", "Hidden": "h", "other": [1, {"a": None}]})
    # What is secret or not declared is not shown.
    assert api.get_plugin_config() == {"Word": "one", "Hidden": "*" * 32, "other": "*" * 32}
    kept = api.get_unsanitized_config()["PluginSettings"]["Plugins"][PLUGIN]
    assert kept == {"Word": "one", "Hidden": "h", "other": [1, {"a": None}]}
    api.save_plugin_config(api.get_plugin_config())
    assert api.get_unsanitized_config()["PluginSettings"]["Plugins"][PLUGIN]["Hidden"] == "h"
    api.save_plugin_config({})
    assert api.get_plugin_config() == {}


@pytest.mark.parametrize("saved", [{}, {"word": "one"}, {"WORD": "two", "extra": 1}], ids=str)
def test_the_plugin_loads_its_configuration(api, saved):
    api.save_plugin_config(saved)
    lower = {key.lower(): value for key, value in saved.items()}
    assert api.load_plugin_configuration() == {"word": "hello", "hidden": None, "extra": 0, **lower}
    api.save_plugin_config({})


def test_what_the_server_says_of_itself(api):
    assert api.get_server_version() == "11.1.0"
    assert not api.is_enterprise_ready()
    assert api.get_license() in (None, {})
    assert len(api.get_diagnostic_id()) == 26
    assert api.get_telemetry_id() == api.get_diagnostic_id()
    assert 0 < api.get_system_install_date() <= time.time() * 1000
    limits = api.get_cloud_limits()
    assert limits.messages is None or limits.messages.history in (None, 0)


def test_plugins(api):
    assert api.get_plugin_id() == PLUGIN
    (found,) = (one for one in api.get_plugins() if one["id"] == PLUGIN)
    assert (found["name"], found["version"]) == ("Conformance", "1.0.0")
    status = api.get_plugin_status(PLUGIN)
    assert (status.plugin_id, status.state, status.version) == (PLUGIN, 2, "1.0.0")
    assert api.get_bundle_path().startswith("/")
    missing = (404, "app.plugin.not_installed.app_error")
    assert refused(api.get_plugin_status, "none") == missing
    assert refused(api.enable_plugin, "none") == missing
    assert refused(api.disable_plugin, "none") == missing
    assert refused(api.remove_plugin, "none") == missing


def test_a_request_to_a_plugin(api):
    for url, status in (("/none/x", 404), ("x", 400)):
        assert api.plugin_http(Request(method="GET", url=url, body=b""))[0] == status


def test_the_log(api):
    for log in (api.log_debug, api.log_info, api.log_warn, api.log_error):
        assert log("conformance", "key", "value", "number", 7, "odd") is None
    assert api.log_audit_rec(AuditRecord(event_name="conformance", status="success")) is None
    assert api.log_audit_rec_with_level(AuditRecord(event_name="conformance"), {}) is None


def test_what_has_no_answer(api, user):
    assert api.publish_web_socket_event("event", {"a": 1}, WebsocketBroadcast(user_id=user.id)) is None
    event = PluginClusterEvent(id="x", data=b"y")
    assert api.publish_plugin_cluster_event(event, PluginClusterEventSendOptions()) is None
    assert api.register_collection_and_topic("a", "b") is None


def new_app(world, **fields):
    return OAuthApp(
        **{
            "creator_id": world.admin.id,
            "name": world.word("app"),
            "callback_urls": ["https://example.com/back"],
            "homepage": "https://example.com",
            "description": "d",
            **fields,
        }
    )


def test_an_oauth_app(api, world):
    app = api.create_oauth_app(new_app(world))
    assert len(app.id) == len(app.client_secret) == 26
    assert app.create_at == app.update_at > 0
    assert api.get_oauth_app(app.id) == app
    new = api.update_oauth_app(app.evolve(name="New", client_secret="x", creator_id=NOBODY))
    assert (new.name, new.client_secret, new.creator_id) == ("New", app.client_secret, app.creator_id)
    api.delete_oauth_app(app.id)
    assert refused(api.get_oauth_app, app.id) == (404, "app.oauth.get_app.find.app_error")


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"creator_id": "x"}, "creator_id"),
        ({"name": ""}, "name"),
        ({"name": "n" * 65}, "name"),
        ({"callback_urls": []}, "callback"),
        ({"callback_urls": ["x"]}, "callback"),
        ({"homepage": ""}, "homepage"),
        ({"homepage": "x"}, "homepage"),
        ({"description": "d" * 513}, "description"),
        ({"icon_url": "x"}, "icon_url"),
        ({"icon_url": "https://example.com/" + "i" * 512}, "icon_url"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_oauth_app(api, world, changes, part):
    assert refused(api.create_oauth_app, new_app(world, **changes)) == (
        400,
        f"model.oauth.is_valid.{part}.app_error",
    )


def test_oauth_apps_that_are_not_there(api):
    missing = (404, "app.oauth.get_app.find.app_error")
    assert refused(api.get_oauth_app, NOBODY) == missing
    assert refused(api.update_oauth_app, OAuthApp(id=NOBODY)) == missing
    api.delete_oauth_app(NOBODY)


@pytest.mark.parametrize(
    ("arguments", "part"), [(["", "s", "b"], "to"), (["t", "", "b"], "subject"), (["t", "s", ""], "htmlbody")]
)
def test_what_is_no_mail(api, arguments, part):
    assert refused(api.send_mail, *arguments) == (400, f"plugin_api.send_mail.missing_{part}")
