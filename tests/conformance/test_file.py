"""Files and uploads."""

import pytest

from mmhooks.api.models import GetFileInfosOptions, Post, UploadSession
from tests.conformance.test_reaction import PNG
from tests.conformance.world import NOBODY, refused

MISSING = (404, "app.file_info.get.app_error")


@pytest.fixture
def file(api, channel):
    return api.upload_file(b"some text", channel.id, "notes.txt")


def test_a_file_is_described(api, channel, file):
    assert (file.name, file.extension, file.size, file.channel_id) == ("notes.txt", "txt", 9, "")
    assert (file.creator_id, file.post_id, file.mime_type.split(";")[0]) == ("nouser", "", "text/plain")
    assert file.create_at == file.update_at > 0
    assert api.get_file_info(file.id).name == "notes.txt"
    assert api.get_file(file.id) == b"some text"
    assert api.read_file(api.get_file_info(file.id).path) == b"some text"


def test_a_picture_is_measured(api, channel):
    info = api.upload_file(PNG, channel.id, "dot.PNG")
    assert (info.width, info.height, info.extension, info.mime_type) == (1, 1, "png", "image/png")


def test_a_file_of_no_channel(api):
    assert api.upload_file(b"x", "", "x.txt").channel_id == ""
    bad = (400, "api.file.upload_file.incorrect_channelId.app_error")
    assert refused(api.upload_file, b"x", NOBODY, "x.txt") == bad


def test_files_that_are_not_there(api, user):
    assert refused(api.get_file_info, NOBODY) == MISSING
    assert refused(api.get_file, NOBODY) == MISSING
    assert refused(api.copy_file_infos, user.id, [NOBODY]) == MISSING
    assert refused(api.set_file_searchable_content, NOBODY, "x") == MISSING
    assert refused(api.read_file, "no/such/file")[0] in (404, 500)


def test_a_post_takes_its_files(api, world, channel, file):
    post = api.create_post(
        Post(
            channel_id=channel.id, user_id=world.admin.id, message="with a file", file_ids=[file.id, file.id]
        )
    )
    assert post.file_ids == [file.id]
    taken = api.get_file_info(file.id)
    assert (taken.post_id, taken.channel_id) == (post.id, channel.id)
    again = api.create_post(
        Post(channel_id=channel.id, user_id=world.admin.id, message="too late", file_ids=[file.id])
    )
    assert again.file_ids == []
    api.delete_post(post.id)


def test_files_are_copied(api, user, file):
    (copy,) = api.copy_file_infos(user.id, [file.id])
    info = api.get_file_info(copy)
    assert copy != file.id
    assert (info.name, info.creator_id, info.post_id, info.size) == (file.name, user.id, "", file.size)
    assert api.get_file(copy) == b"some text"


def test_a_link_needs_the_setting(api, file):
    assert refused(api.get_file_link, file.id) == (501, "plugin_api.get_file_link.disabled.app_error")


def test_what_is_searched_of_a_file(api, file):
    api.set_file_searchable_content(file.id, "a needle")
    assert api.get_file_info(file.id).size == 9


def test_files_are_listed(api, world, channel):
    files = [api.upload_file(b"x" * (3 - number), channel.id, f"{number}.txt") for number in range(3)]
    ids = [one.id for one in files]
    api.create_post(Post(channel_id=channel.id, user_id=world.admin.id, message="files", file_ids=ids))

    def listed(page=0, per_page=10, **options):
        opt = GetFileInfosOptions(channel_ids=[channel.id], **options)
        return [one.id for one in api.get_file_infos(page, per_page, opt)]

    assert listed() == [one.id for one in sorted(files, key=lambda one: (one.create_at, one.id))]
    assert listed(sort_by="Size") == ids[::-1]
    assert listed(sort_by="Size", sort_descending=True) == ids
    assert listed(sort_by="Size", page=1, per_page=2) == ids[:1]
    assert listed(user_ids=[NOBODY]) == []
    assert listed(since=files[-1].create_at + 1) == []
    assert refused(listed, sort_by="Name")[0] == 400


@pytest.fixture
def session(api, world, channel):
    return api.create_upload_session(
        UploadSession(
            id=NOBODY[:-9] + f"{world.word('')[-9:]}",
            type="attachment",
            user_id=world.admin.id,
            channel_id=channel.id,
            filename="big.txt",
            file_size=6,
        )
    )


def test_an_upload(api, world, channel, session):
    assert session.create_at > 0
    assert session.file_offset == 0
    assert api.get_upload_session(session.id).filename == "big.txt"
    info = api.upload_data(session, b"whole!")
    assert (info.name, info.size, info.creator_id, info.channel_id) == (
        "big.txt",
        6,
        world.admin.id,
        channel.id,
    )
    assert api.get_file(info.id) == b"whole!"
    assert refused(api.get_upload_session, session.id) == (404, "app.upload.get.app_error")


@pytest.mark.parametrize(
    ("changes", "status", "id"),
    [
        ({"id": ""}, 400, "model.upload_session.is_valid.id.app_error"),
        ({"type": "x"}, 400, "model.upload_session.is_valid.type.app_error"),
        ({"user_id": ""}, 400, "model.upload_session.is_valid.user_id.app_error"),
        ({"filename": ""}, 400, "model.upload_session.is_valid.filename.app_error"),
        ({"file_size": 0}, 400, "model.upload_session.is_valid.file_size.app_error"),
        ({"channel_id": NOBODY}, 400, "app.upload.create.incorrect_channel_id.app_error"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_upload(api, world, channel, changes, status, id):
    good = UploadSession(
        id=NOBODY[:-9] + f"{world.word('')[-9:]}",
        type="attachment",
        user_id=world.admin.id,
        channel_id=channel.id,
        filename="f",
        file_size=6,
    )
    assert refused(api.create_upload_session, good.evolve(**changes)) == (status, id)


def test_an_upload_that_is_not_there(api):
    assert refused(api.get_upload_session, NOBODY) == (404, "app.upload.get.app_error")
    assert refused(api.get_upload_session, "") == (500, "app.upload.get.app_error")
