"""A mail server on this machine that keeps what it is given."""

import email
import email.policy
import socketserver
import time

from tests.conformance.target import Background

SECONDS = 20


class Mailbox(Background, socketserver.ThreadingTCPServer):
    """Takes every mail."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.port = self.server_address[1]
        self.mails = []

    def wait(self, to, text=""):
        """The last mail for an address with a text in it."""
        end = time.monotonic() + SECONDS
        while True:
            found = [mail for given, mail in list(self.mails) if given == to and text in _text(mail)]
            if found:
                return found[-1]
            assert time.monotonic() < end, f"no such mail for {to}: {[given for given, _ in self.mails]}"
            time.sleep(0.02)

    def texts(self, to):
        """What all mails for an address say."""
        return [_text(mail) for given, mail in list(self.mails) if given == to]


def _text(mail):
    return mail.get_body(("plain",)).get_content()


class _Talk(socketserver.StreamRequestHandler):
    """SMTP as far as sending needs it (RFC 5321)."""

    def handle(self):
        self._say(220)
        to = ""
        for line in self.rfile:
            word = line.split(b":")[0].strip().upper().split(b" ")[0]
            if word == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
            elif word == b"DATA":
                self._say(354)
                text = b"".join(iter(lambda: self.rfile.readline().removeprefix(b".."), b".\r\n"))
                mail = email.message_from_bytes(text, policy=email.policy.default)
                self.server.mails.append((to, mail))
            self._say(221 if word == b"QUIT" else 250)
            if word == b"QUIT":
                return

    def _say(self, code):
        self.wfile.write(f"{code} mailbox\r\n".encode())
