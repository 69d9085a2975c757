"""Django's mail backend, which also tells whether a mail may have gone out although no answer came."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend


class InDoubt(smtplib.SMTPException):
    """The text was given to the server, and the connection ended before it said that it took it."""


class Careful(smtplib.SMTP):
    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as gone:
            raise InDoubt(str(gone)) from gone


class CarefulOverTls(Careful, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    """Raises InDoubt where sending the same mail again could be sending it twice."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return CarefulOverTls if self.use_ssl else Careful
