"""Files, in pieces of 64 KiB, so that none is ever whole in memory."""

from __future__ import annotations

import base64
import hashlib
import hmac
import mimetypes
import time
from collections.abc import Iterable, Iterator
from typing import Any

from mmhooks.api.models import FileInfo, GetFileInfosOptions, UploadSession
from mmhooks.api.stream import CHUNK, ByteStream, Content, chunks
from mmhooks.devhost.api.base import Topic, approximate, fail, first_wrong
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.picture import measure
from mmhooks.devhost.tables import FILE_INFOS, UPLOADS
from mmhooks.errors import TransportError


class FileTopic(Topic):
    """Files, in pieces of 64 KiB, so that none is ever whole in memory."""

    @approximate("no previews are made, and no text is taken out of documents")
    def upload_file(self, data: Content, channel_id: str, filename: str) -> FileInfo:
        if channel_id and self.app.maybe_channel(channel_id) is None:
            id = "api.file.upload_file.incorrect_channelId.app_error"
            raise fail("UploadFile", id, 400, "There is no such channel.")
        # The server notes the channel when a post takes the file.
        info = self.store_file(data, channel_id, filename).evolve(channel_id="")
        self.store.update(FILE_INFOS, info)
        return info

    def store_file(
        self, data: Content, channel_id: str, filename: str, *, user_id: str = "nouser", create_at: int = 0
    ) -> FileInfo:
        """Store a file as the server does for whoever uploads it: asks the plugin first.

        Raises:
            AppError: (400) the plugin refuses; (404) there is no such channel.
        """
        if channel_id:
            self.app.get_channel(channel_id)
        name = filename.replace("\\", "/").rpartition("/")[2] or "file"
        file_id, now = new_id(), create_at or self.now()
        day = time.strftime("%Y%m%d", time.gmtime(now / 1000))
        path = f"{day}/teams/noteam/channels/{channel_id or '.'}/users/{user_id}/{file_id}/{name}"
        size = self.write_blob(path, data)
        try:
            info = self._describe(path, name, size).evolve(
                id=file_id, creator_id=user_id, create_at=now, update_at=now, channel_id=channel_id
            )
            info = self._asked(info).evolve(remote_id="")
            self.store.insert(FILE_INFOS, info)
        except BaseException:
            self.drop_blob(path)
            raise
        return info

    def _describe(self, path: str, name: str, size: int) -> FileInfo:
        extension = name.rpartition(".")[2].lower() if "." in name else ""
        kind = mimetypes.guess_type(name)[0] or ""
        width, height = measure(self.blob_head(path)) if kind.startswith("image/") else (0, 0)
        return FileInfo(
            path=path, name=name, extension=extension, size=size, mime_type=kind, width=width, height=height
        )

    def _asked(self, info: FileInfo) -> FileInfo:
        hook = "file_will_be_uploaded"
        answer = self.firing.ask(hook, plugin_context(), info, ByteStream(self.blob(info.path)))
        if answer is None:
            return info
        written, output, changed, reason = answer
        if reason:
            raise fail("DoUploadFile", f"File rejected by plugin. {reason}", 400)
        new: FileInfo = self.firing.merged(hook, info, changed).evolve(id=info.id, path=info.path)
        if not written or output is None:
            return new
        temporary = f"{info.path}.tmp"
        try:
            size = self.write_blob(temporary, output)
        except TransportError as error:  # what was written cannot be taken back
            reason = "File rejected by plugin. Its new content broke off."
            raise fail("DoUploadFile", reason, 400, detail=str(error)) from error
        if not size:
            return new
        with self.store.transaction():
            self.drop_blob(info.path)
            self.store.execute("UPDATE blobs SET path = ? WHERE path = ?", info.path, temporary)
        return new.evolve(size=size)

    def ask_for_download(self, info: FileInfo, user_id: str, kind: str) -> None:
        """Ask the plugin before somebody gets a file's content.

        Args:
            info: the file.
            user_id: who wants it.
            kind: ``file``, ``thumbnail``, ``preview`` or ``public``.

        Raises:
            AppError: (403) the plugin refuses.
        """
        hook = "file_will_be_downloaded"
        if reason := self.firing.veto(hook, plugin_context(), info, user_id, kind):
            id = "api.file.file_download.rejected_by_plugin.app_error"
            raise fail("FileWillBeDownloaded", id, 403, f"File download rejected by plugin: {reason}")

    def write_blob(self, path: str, data: Content | Iterable[bytes]) -> int:
        """Write bytes under a path, in place of what is there; return how many."""
        temporary, size, seq = f"{path}.{new_id()}", 0, 0
        try:
            for seq, piece in enumerate(_full_chunks(chunks(data))):  # one row each
                self.store.execute("INSERT INTO blobs VALUES (?, ?, ?)", temporary, seq, piece)
                size += len(piece)
        except BaseException:
            self.drop_blob(temporary)
            raise
        with self.store.transaction():
            self.drop_blob(path)
            self.store.execute("UPDATE blobs SET path = ? WHERE path = ?", path, temporary)
        return size

    def write_picture(self, path: str, data: Content, where: str, id: str) -> None:
        """Write a picture; refuse with status 400 and this id what is none."""
        temporary = f"{path}.{new_id()}"
        self.write_blob(temporary, data)
        if measure(self.blob_head(temporary)) == (0, 0):
            self.drop_blob(temporary)
            raise fail(where, id, 400, "This is no picture in a format that the server reads.")
        with self.store.transaction():
            self.drop_blob(path)
            self.store.execute("UPDATE blobs SET path = ? WHERE path = ?", path, temporary)

    def blob(self, path: str) -> Iterator[bytes]:
        """Yield the bytes under a path in pieces of 64 KiB."""
        seq = 0
        while (piece := self._piece(path, seq)) is not None:
            yield piece
            seq += 1

    def blob_head(self, path: str) -> bytes:
        """Return the first piece of what is under a path."""
        return self._piece(path, 0) or b""

    def _piece(self, path: str, seq: int) -> bytes | None:
        value = self.store.scalar("SELECT data FROM blobs WHERE path = ? AND seq = ?", path, seq)
        return None if value is None else bytes(value)

    def drop_blob(self, path: str) -> None:
        """Forget what is under a path."""
        self.store.execute("DELETE FROM blobs WHERE path = ?", path)

    def get_file_info(self, file_id: str) -> FileInfo:
        info = self.store.first(FILE_INFOS, "id = ? AND delete_at = 0", file_id)
        if info is None:
            raise fail("GetFileInfo", "app.file_info.get.app_error", 404, "There is no such file.")
        return info

    def get_file_infos(
        self, page: int, per_page: int, opt: GetFileInfosOptions | None = None
    ) -> list[FileInfo]:
        options = opt or GetFileInfosOptions()
        tests: list[tuple[bool, str, list[Any]]] = [
            (bool(values), f"{column} IN ({', '.join('?' * len(values))})", list(values))
            for column, values in (("channel_id", options.channel_ids), ("creator_id", options.user_ids))
        ]
        tests.append((options.since > 0, "create_at >= ?", [options.since]))
        tests.append((not options.include_deleted, "delete_at = 0", []))
        tests.append((options.only_empty_content, "content = ''", []))
        if options.sort_by not in ("", "CreateAt", "Size"):
            text = "Files are sorted by CreateAt or Size."
            raise fail("GetFileInfos", "app.file_info.get_with_options.app_error", 400, text)
        column = {"Size": "size"}.get(options.sort_by, "create_at")
        direction = "DESC" if options.sort_descending else "ASC"
        where = " AND ".join(test for applies, test, _ in tests if applies) or "1"
        values = [value for applies, _, some in tests if applies for value in some]
        rest = f"WHERE {where} ORDER BY {column} {direction}, file_infos.id {direction} LIMIT ? OFFSET ?"
        return self.store.select(FILE_INFOS, rest, *values, per_page, page * per_page)

    def get_file(self, file_id: str) -> ByteStream:
        return ByteStream(self.blob(self.get_file_info(file_id).path))

    def read_file(self, path: str) -> ByteStream:
        if self.store.scalar("SELECT 1 FROM blobs WHERE path = ?", path) is None:
            raise fail("ReadFile", "api.file.read_file.app_error", 500, "There is no file under this path.")
        return ByteStream(self.blob(path))

    def get_file_link(self, file_id: str) -> str:
        if not self.app.setting("FileSettings", "EnablePublicLink"):
            text = "Public links are switched off."
            raise fail("GetFileLink", "plugin_api.get_file_link.disabled.app_error", 501, text)
        info = self.get_file_info(file_id)
        if not info.post_id:
            text = "The file belongs to no post."
            id = "plugin_api.get_file_link.no_post.app_error"
            raise fail("GetFileLink", id, 400, text, f"file_id={file_id}")
        salt = str(self.app.setting("FileSettings", "PublicLinkSalt"))
        digest = hmac.new(salt.encode(), file_id.encode(), hashlib.sha256).digest()
        mark = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        site = str(self.app.setting("ServiceSettings", "SiteURL"))
        return f"{site}/files/{file_id}/public?h={mark}"

    def set_file_searchable_content(self, file_id: str, content: str) -> None:
        self.get_file_info(file_id)
        self.store.execute("UPDATE file_infos SET content = ? WHERE id = ?", content, file_id)

    def copy_file_infos(self, user_id: str, file_ids: list[str]) -> list[str]:
        copies = []
        now = self.now()
        for file_id in file_ids:
            info = self.get_file_info(file_id)
            copy = info.evolve(id=new_id(), creator_id=user_id, create_at=now, update_at=now, post_id="")
            self.store.insert(FILE_INFOS, copy)
            copies.append(copy.id)
        return copies

    def create_upload_session(self, us: UploadSession) -> UploadSession:
        new = us.evolve(create_at=self.now(), file_offset=0)
        _check_upload(new)
        if us.type == "attachment":
            channel, where = self.app.maybe_channel(us.channel_id), "CreateUploadSession"
            if channel is None:
                id = "app.upload.create.incorrect_channel_id.app_error"
                raise fail(where, id, 400, "There is no such channel.")
            if channel.delete_at:
                id = "app.upload.create.cannot_upload_to_deleted_channel.app_error"
                raise fail(where, id, 400, "The channel is archived.")
        self.store.insert(UPLOADS, new.evolve(path=f"uploads/{new.id}"))
        return self.get_upload_session(new.id)

    def get_upload_session(self, upload_id: str) -> UploadSession:
        session = self.store.get(UPLOADS, upload_id)
        if session is None:
            status = 404 if upload_id else 500
            raise fail("GetUpload", "app.upload.get.app_error", status, "There is no such upload.")
        return session

    @approximate("an upload is taken whole in one call; it cannot be resumed")
    def upload_data(self, us: UploadSession, rd: Content) -> FileInfo:
        session = self.get_upload_session(us.id)
        size = self.write_blob(session.path, rd)
        try:
            if size != session.file_size:
                text = f"{session.file_size} bytes were announced, {size} came."
                raise fail("UploadData", "app.upload.upload_data.first_part_too_small.app_error", 400, text)
            info = self.store_file(
                self.blob(session.path),
                session.channel_id,
                session.filename,
                user_id=session.user_id or "nouser",
            )
        finally:
            self.drop_blob(session.path)
        self.store.execute("DELETE FROM uploads WHERE id = ?", session.id)
        return info


def _check_upload(upload: UploadSession) -> None:
    wrong = first_wrong(
        ("id", not is_id(upload.id)),
        ("type", upload.type not in ("attachment", "import")),
        ("user_id", not is_id(upload.user_id) and upload.user_id != "nouser"),
        ("channel_id", upload.type == "attachment" and not is_id(upload.channel_id)),
        ("filename", not upload.filename),
        ("file_size", upload.file_size <= 0),
    )
    if wrong:
        id = f"model.upload_session.is_valid.{wrong}.app_error"
        raise fail("UploadSession.IsValid", id, 400, f"This is no valid {wrong} of an upload.")


def _full_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Join small pieces, so that every one but the last is of full size."""
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        while len(buffer) >= CHUNK:
            yield bytes(buffer[:CHUNK])
            del buffer[:CHUNK]
    if buffer:
        yield bytes(buffer)
