"""A mail server that behaves as badly as a test wants; it keeps what it took."""

import contextlib
import socketserver
import threading
import time
from email import message_from_bytes, policy


class Server(socketserver.ThreadingTCPServer):
    """`answers` gives the reply to a command by its first word; `None` closes the connection instead.

    `taken` holds the mails that it said it took, `read` those whose text it read, whatever it said then.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, **answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers
        self.taken, self.read, self.recipients = [], [], []
        self.pause = {}  # seconds before a reply, by the command

    @property
    def port(self):
        return self.server_address[1]

    def answer(self, command, usual):
        time.sleep(self.pause.get(command, 0))
        return self.answers.get(command, usual)


class Handler(socketserver.StreamRequestHandler):
    def say(self, command, usual):
        """Whether to go on."""
        reply = self.server.answer(command, usual)
        reply = reply(self) if callable(reply) else reply
        if reply is None:
            return False
        self.wfile.write(f"{reply}\r\n".encode())
        return True

    def handle(self):
        # A client that was killed is no news.
        with contextlib.suppress(ConnectionError):
            self.talk()

    def talk(self):
        if not self.say("hello", "220 ready"):
            return
        while line := self.rfile.readline():
            self.line = line.decode().strip()
            command = self.line.split(" ")[0].split(":")[0].lower()
            if command == "rcpt":
                self.server.recipients.append(self.line)
            if command == "quit":
                self.say("quit", "221 bye")
                return
            if not self.say(command, "354 go on" if command == "data" else "250 fine"):
                return
            if command == "data" and not str(self.server.answers.get("data", "")).startswith(("4", "5")):
                mail = self.text()
                self.server.read.append(mail)
                if not self.say("text", "250 taken"):
                    return
                if str(self.server.answers.get("text", "250")).startswith("250"):
                    self.server.taken.append(mail)
                if self.server.answers.get("after") == "close":
                    return

    def text(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=policy.default)


@contextlib.contextmanager
def mail_server(**answers):
    with Server(**answers) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
