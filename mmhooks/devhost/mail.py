"""Mail, sent through the mail server that the settings name."""

from __future__ import annotations

import html
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any, Final

from mmhooks.api.models import EmailNotification
from mmhooks.errors import TransportError

__all__ = ["Postman", "page_of"]

_TAG: Final = re.compile(r"<[^>]*>")
_SECTION: Final = "EmailSettings"


class Postman:
    """Sends mail.

    Args:
        setting: gives a value of the configuration by section and key.
    """

    def __init__(self, setting: Callable[[str, str], Any]) -> None:
        self._setting = setting

    @property
    def has_server(self) -> bool:
        """Whether a mail server is set; without one no mail is sent, as on the server."""
        return bool(self._setting(_SECTION, "SMTPServer"))

    def send(self, to: str, subject: str, body: str, headers: Mapping[str, str] | None = None) -> None:
        """Send a mail.

        Args:
            to: the address.
            subject: what it is about.
            body: HTML.
            headers: more of them.

        Raises:
            TransportError: the mail server did not take it.
        """
        name, port = str(self._setting(_SECTION, "SMTPServer")), int(self._setting(_SECTION, "SMTPPort"))
        try:
            message = self._message(to, subject, body, headers or {})
            with self._connected(name, port) as server:
                if self._setting(_SECTION, "EnableSMTPAuth"):
                    user, password = (
                        self._setting(_SECTION, key) for key in ("SMTPUsername", "SMTPPassword")
                    )
                    server.login(str(user), str(password))
                server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise TransportError(f"{name}:{port} did not take the mail: {error}") from error

    def _connected(self, name: str, port: int) -> smtplib.SMTP:
        security = self._setting(_SECTION, "ConnectionSecurity")
        seconds = int(self._setting(_SECTION, "SMTPServerTimeout"))
        if security == "TLS":
            return smtplib.SMTP_SSL(name, port, timeout=seconds, context=ssl.create_default_context())
        server = smtplib.SMTP(name, port, timeout=seconds)
        if security == "STARTTLS":
            server.starttls(context=ssl.create_default_context())
        return server

    def _message(self, to: str, subject: str, body: str, headers: Mapping[str, str]) -> EmailMessage:
        message = EmailMessage()
        sender = Address(
            str(self._setting(_SECTION, "FeedbackName")),
            addr_spec=str(self._setting(_SECTION, "FeedbackEmail")),
        )
        message["From"], message["To"], message["Subject"] = sender, to, subject
        message["Date"], message["Auto-Submitted"] = formatdate(), "auto-generated"
        given = {"Message-ID": make_msgid(), **headers}
        for name, value in given.items():
            message[name] = value
        message.set_content(html.unescape(_TAG.sub("", body)))
        message.add_alternative(body, subtype="html")
        return message


def page_of(mail: EmailNotification) -> str:
    """Return the HTML of a notification."""
    texts = [f"<h1>{_text(mail.title)}</h1>", f"<p>{_text(mail.sub_title)}</p>", mail.message_html]
    if mail.button_url:
        url = html.escape(mail.button_url)
        texts.append(f'<p><a href="{url}">{_text(mail.button_text)}</a></p>')
    return "\n".join([*texts, f"<p><small>{_text(mail.footer_text)}</small></p>"])


def _text(value: str) -> str:
    return html.escape(value, quote=False)
