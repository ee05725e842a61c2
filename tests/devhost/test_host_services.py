from __future__ import annotations

import io
import struct

import pytest

from mmhooks.api.models import (
    Command,
    CommandArgs,
    CommandResponse,
    GetFileInfosOptions,
    OpenDialogRequest,
    PluginKVSetOptions,
    Post,
    WebsocketBroadcast,
)
from mmhooks.devhost.picture import plain_picture
from mmhooks.errors import (
    AppError,
    BadRequestError,
    NotFoundError,
    NotImplementedOnHostError,
    TransportError,
)


def test_values_are_kept_listed_and_deleted(ws):
    for key in ("b", "a", "c"):
        ws.api.kv_set(key, key.encode())
    assert ws.api.kv_get("a") == b"a"
    assert ws.api.kv_get("nothing") is None
    assert ws.api.kv_list(0, 2) == ["a", "b"]
    assert ws.api.kv_list(1, 2) == ["c"]
    ws.api.kv_set("a", None)
    ws.api.kv_delete("b")
    assert ws.api.kv_list(0, 0) == ["c"]
    ws.api.kv_set("empty", b"")
    assert ws.api.kv_get("empty") == b""
    ws.api.kv_delete_all()
    assert ws.api.kv_list(0, 10) == []


def test_values_expire(ws):
    ws.api.kv_set_with_expiry("a", b"1", 10)
    assert ws.api.kv_get("a") == b"1"
    ws.clock.advance(10_001)
    assert ws.api.kv_get("a") is None
    assert ws.api.kv_list(0, 10) == []
    assert ws.api.kv_compare_and_set("a", None, b"2")


def test_values_are_compared_before_they_are_set(ws):
    assert ws.api.kv_compare_and_set("a", None, b"1")
    assert not ws.api.kv_compare_and_set("a", None, b"2")
    assert not ws.api.kv_compare_and_set("a", b"x", b"2")
    assert ws.api.kv_compare_and_set("a", b"1", b"2")
    assert not ws.api.kv_compare_and_delete("a", None)
    assert not ws.api.kv_compare_and_delete("a", b"1")
    assert ws.api.kv_compare_and_delete("a", b"2")
    assert ws.api.kv_set_with_options("a", b"3", PluginKVSetOptions(atomic=True))
    assert ws.api.kv_compare_and_set("a", b"3", None)
    assert ws.api.kv_get("a") is None


@pytest.mark.parametrize("key", ["", "x" * 151])
def test_keys_have_a_length(ws, key):
    with pytest.raises(BadRequestError) as caught:
        ws.api.kv_set(key, b"")
    assert caught.value.id == "model.plugin_key_value.is_valid.key.app_error"


def test_an_old_value_without_comparison_is_a_mistake(ws):
    with pytest.raises(BadRequestError):
        ws.api.kv_set_with_options("a", b"", PluginKVSetOptions(old_value=b""))


def test_files_travel_in_pieces(ws):
    data = bytes(range(256)) * 1000
    info = ws.api.upload_file(io.BytesIO(data), ws.channel.id, "folder/data.BIN")
    assert (info.name, info.extension, info.size, info.creator_id) == ("data.BIN", "bin", len(data), "nouser")
    pieces = list(ws.api.get_file(info.id))
    assert b"".join(pieces) == data
    assert [len(piece) for piece in pieces] == [65536, 65536, 65536, 59392]
    assert ws.api.get_file_info(info.id) == info
    assert ws.api.read_file(info.path).read() == data
    small = ws.api.upload_file([b"a", b"b"], ws.channel.id, "small.txt")
    found = ws.api.get_file_infos(0, 10, GetFileInfosOptions(sort_by="Size"))
    assert [one.id for one in found] == [small.id, info.id]


def test_a_picture_has_a_size(ws):
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 30, 20)
    info = ws.api.upload_file(png, ws.channel.id, "dot.png")
    assert (info.mime_type, info.width, info.height) == ("image/png", 30, 20)


def test_a_plugin_changes_and_refuses_files(ws):
    def look(context, info, content):
        text = content.read()
        if info.name.endswith(".exe"):
            return False, None, None, "no programs"
        return True, [text.upper()], info.evolve(name="LOUD.txt"), ""

    ws.plug(file_will_be_uploaded=look)
    info = ws.api.upload_file(b"hello!", ws.channel.id, "quiet.txt")
    assert (info.name, info.size) == ("LOUD.txt", 6)
    assert ws.api.get_file(info.id).read() == b"HELLO!"
    with pytest.raises(BadRequestError, match="no programs"):
        ws.api.upload_file(b"MZ", ws.channel.id, "virus.exe")
    assert len(ws.api.get_file_infos(0, 10)) == 1
    assert ws.host.store.scalar("SELECT count(DISTINCT path) FROM blobs") == 1


def test_new_content_that_breaks_off_rejects_the_file(ws):
    def half():
        yield b"half"
        raise TransportError("gone")

    ws.plug(file_will_be_uploaded=lambda context, info, content: (True, half(), None, ""))
    with pytest.raises(BadRequestError, match="broke off"):
        ws.api.upload_file(b"whole", ws.channel.id, "x.txt")
    assert ws.host.store.scalar("SELECT count(*) FROM blobs") == 0


def test_a_post_takes_its_files_along(ws):
    info = ws.api.upload_file(b"x", ws.channel.id, "x.txt")
    post = ws.api.create_post(
        Post(channel_id=ws.channel.id, user_id=ws.alice.id, file_ids=[info.id, info.id, "y" * 26])
    )
    assert post.file_ids == [info.id]
    assert ws.api.get_file_info(info.id).post_id == post.id
    copies = ws.api.copy_file_infos(ws.bob.id, [info.id])
    assert ws.api.get_file(copies[0]).read() == b"x"
    ws.api.delete_post(post.id)
    with pytest.raises(NotFoundError):
        ws.api.get_file_info(info.id)


def run(ws, command):
    args = CommandArgs(user_id=ws.alice.id, channel_id=ws.channel.id, team_id=ws.team.id, command=command)
    return ws.api.execute_slash_command(args)


def test_a_plugins_command_is_run_by_its_hook(ws):
    seen = []

    def answer(context, args):
        seen.append(args)
        return CommandResponse(text="pong", response_type="in_channel")

    ws.plug(execute_command=answer)
    ws.api.register_command(Command(trigger="Ping", auto_complete=True))
    assert [one.trigger for one in ws.api.list_plugin_commands(ws.team.id)] == ["ping"]
    assert run(ws, "/PING @bob ~dev").text == "pong"
    assert seen[0].user_mentions == {"bob": ws.bob.id}
    assert seen[0].channel_mentions == {"dev": ws.channel.id}
    page = ws.api.get_posts_for_channel(ws.channel.id, 0, 1)
    assert page.posts[page.order[0]].message == "pong"
    ws.api.unregister_command("", "ping")
    with pytest.raises(NotFoundError) as caught:
        run(ws, "/ping")
    assert caught.value.id == "api.command.execute_command.not_found.app_error"


def test_a_commands_error_has_a_real_status(ws):
    def fails(context, args):
        raise AppError("broken", status_code=7)

    ws.plug(execute_command=fails)
    ws.api.register_command(Command(trigger="ping"))
    with pytest.raises(AppError, match="broken") as caught:
        run(ws, "/ping")
    assert caught.value.status_code == 500
    with pytest.raises(BadRequestError):
        run(ws, "ping")


def test_an_answer_for_its_user_alone_is_not_stored(ws):
    ws.plug(execute_command=lambda context, args: CommandResponse(text="psst"))
    ws.api.register_command(Command(trigger="ping"))
    run(ws, "/ping")
    assert [post.message for _, post in ws.host.ephemeral] == ["psst"]


def test_custom_commands_are_kept(ws):
    made = ws.api.create_command(
        Command(team_id=ws.team.id, trigger="Deploy", method="P", url="https://example.com/x")
    )
    assert (made.trigger, made.plugin_id, len(made.token)) == ("deploy", "com.example.test", 26)
    with pytest.raises(BadRequestError):
        ws.api.create_command(made.evolve(id="", token=""))
    assert ws.api.update_command(made.id, made.evolve(display_name="D")).display_name == "D"
    assert ws.api.list_custom_commands(ws.team.id)[0].display_name == "D"
    ws.api.delete_command(made.id)
    with pytest.raises(AppError, match="there is no command"):
        ws.api.get_command(made.id)


def test_configuration_is_asked_about_saved_and_told(ws):
    port = ws.plug(
        configuration_will_be_saved=lambda config: {**config, "Extra": {"A": 1}},
        on_configuration_change=lambda: None,
    )
    config = ws.api.get_config()
    assert set(config["FileSettings"]["PublicLinkSalt"]) == {"*"}
    config["TeamSettings"]["SiteName"] = "Ours"
    ws.api.save_config(config)
    assert ws.api.get_config()["TeamSettings"]["SiteName"] == "Ours"
    assert ws.api.get_config()["Extra"] == {"A": 1}
    assert set(ws.api.get_unsanitized_config()["FileSettings"]["PublicLinkSalt"]) != {"*"}
    assert port.calls == ["configuration_will_be_saved", "on_configuration_change"]


def test_a_refused_configuration_is_not_saved(ws):
    def refuse(config):
        raise AppError("not like this", status_code=500)

    ws.plug(configuration_will_be_saved=refuse)
    with pytest.raises(BadRequestError, match="not like this"):
        ws.api.save_config({"Extra": {}})
    assert "Extra" not in ws.api.get_config()


def test_a_plugins_configuration_has_the_manifests_defaults(ws):
    ws.host.manifest["settings_schema"] = {"settings": [{"key": "Words", "default": "a"}, {"key": "Max"}]}
    assert ws.api.load_plugin_configuration() == {"words": "a", "max": None}
    ws.api.save_plugin_config({"WORDS": "b"})
    assert ws.api.get_plugin_config() == {"WORDS": "b"}
    assert ws.api.load_plugin_configuration() == {"words": "b", "max": None}


def test_logs_and_events_are_recorded(ws):
    ws.api.log_warn("careful", "key", 1, "odd")
    record = list(ws.host.logs)[-1]
    assert (record.level, record.message, record.plugin_id) == ("warn", "careful", "com.example.test")
    assert record.fields == {"key": 1, "ignored": "odd"}
    heard = []
    stop = ws.host.events.subscribe(heard.append)
    ws.api.publish_web_socket_event("ping", {"a": 1}, WebsocketBroadcast(user_id=ws.bob.id))
    stop()
    trigger = ws.host.api.new_trigger(ws.bob.id)
    ws.api.open_interactive_dialog(OpenDialogRequest(url="/x", trigger_id=trigger.id))
    assert [(event.name, event.data) for event in heard] == [("custom_com.example.test_ping", {"a": 1})]
    assert [event.name for event in ws.host.events][-1] == "open_dialog"


def test_pictures_of_users_and_teams(ws):
    picture = plain_picture("x")
    ws.api.set_profile_image(ws.bob.id, picture)
    assert ws.api.get_profile_image(ws.bob.id).read() == picture
    assert ws.api.get_user(ws.bob.id).last_picture_update > 0
    with pytest.raises(NotFoundError):
        ws.api.get_team_icon(ws.team.id)
    ws.api.set_team_icon(ws.team.id, picture)
    assert ws.api.get_team_icon(ws.team.id).read() == picture


def test_what_the_host_lacks_it_refuses_by_name(ws):
    with pytest.raises(NotImplementedOnHostError, match="request_trial_license"):
        ws.api.request_trial_license("", 1, True, True)
    with pytest.raises(AttributeError):
        _ = ws.api.no_such_method
