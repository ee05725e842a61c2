"""Files on their way to and from the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mmhooks.api.file import FileReader, UploadedFile
from mmhooks.errors import Rejection
from mmhooks.specs.semantics import hookspec, pipeline, veto

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import FileInfo, PluginContext


def merge_upload(info: FileInfo, returned: FileInfo | UploadedFile) -> FileInfo:
    """Say how a file is described after a hookimpl has returned; its content is kept by `keep_content`."""
    if isinstance(returned, UploadedFile):
        return returned.info or info
    return returned


def keep_content(arguments: Mapping[str, Any], returned: FileInfo | UploadedFile) -> None:
    """Make new content what the next hookimpl reads, where the host's file can be replaced."""
    replace = getattr(arguments["file"], "replace", None)
    if isinstance(returned, UploadedFile) and replace is not None:
        replace(returned.content)


@hookspec(pipeline("info", merge=merge_upload, keep=keep_content))
def file_will_be_uploaded(
    context: PluginContext, info: FileInfo, file: FileReader, api: API
) -> FileInfo | UploadedFile | Rejection | None:
    """Look at, change or refuse a file before it is stored.

    Fires: Before an uploaded file is stored, whoever uploads it: users, plugins, this plugin.
    Combines: Pipeline, of the description as well as the content. Each hookimpl sees the info, and reads the
        file from its beginning, as the one before returned them: a `FileInfo` changes the description, an
        `UploadedFile` the content and, if it carries one, the description; None leaves both. The first
        rejection stops.

    Args:
        context: The request behind the upload.
        info: Name, type and size of the file. The server sets the size itself when the content changes.
        file: The content, a stream without bound; an ``async def`` hookimpl gets an `AsyncFileReader`.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: The file is not stored, and the uploader gets the reason as an error. When new content breaks
        off in the middle (its iterator raises), the upload is rejected too, since what was written cannot be
        taken back.

    On a real server a field of the info that is returned empty, 0 or false keeps its old value, and empty
    content leaves the content as it was.
    """


@hookspec(veto())
def file_will_be_downloaded(
    context: PluginContext, file_info: FileInfo, user_id: str, download_type: str, api: API
) -> Rejection | str | None:
    """Refuse to hand out a file.

    Fires: Before a file, or a picture made of it, is sent to a client.
    Combines: Veto. The hookimpls are asked in order, the first reason stops: a rejection, or a text that is
        not empty.

    Args:
        context: The request for the file.
        file_info: The file asked for.
        user_id: Who asks; empty with a public link.
        download_type: ``file``, ``thumbnail``, ``preview``, or ``public`` for a public link.
        api: The plugin API.

    Minimum server version: 11.5

    Rejecting: Nothing is sent, and the client gets the reason as an error.
    """
