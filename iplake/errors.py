"""The errors of the lake. The class says what the runner does; the attributes are the facts."""

from __future__ import annotations

from typing import Self


class LakeError(Exception):
    """Something the lake refuses, with the facts as attributes and exit code 2.

    >>> print(LakeError("expected a zip", url="https://x/y.zip", found="text/html"))
    expected a zip (url=https://x/y.zip, found=text/html)
    """

    exit_code = 2

    def __init__(self, message: str, **facts: object) -> None:
        self.message = message
        self.facts = facts
        super().__init__(message)

    def __getattr__(self, name: str) -> object:
        facts = self.__dict__.get("facts", {})
        if name in facts:
            return facts[name]
        raise AttributeError(name)

    def __str__(self) -> str:
        if not self.facts:
            return self.message
        listed = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.message} ({listed})"


class RetryableError(LakeError):
    """Worth another try later: the only class that Airflow retries."""

    exit_code = 3


class SourceBusy(RetryableError):
    """The source asked us to slow down, or answers with a challenge page."""


class SourceDown(RetryableError):
    """The source does not answer, or broke off half way."""


class SourceChanged(LakeError):
    """The source is no longer what its declaration says; a person has to look."""

    exit_code = 3


class NotFound(SourceChanged):
    """The source knows no such address, or has no match."""


class RecordRejected(LakeError):
    """One record is refused and goes to quarantine; the rest goes on.

    `reason_code` is a short snake_case word that quarantine tables are grouped by.
    """

    values: tuple[object, ...] = ()
    """The value that is refused, if it is at hand: its place in the record names the field."""

    def __init__(self, reason_code: str, message: str, **facts: object) -> None:
        self.reason_code = reason_code
        super().__init__(message, **facts)

    def of(self, value: object) -> Self:
        """Return itself, once it knows the value that is refused."""
        self.values = (value,)
        return self


class RecordsLost(LakeError):
    """Records in differ from rows staged plus records quarantined: a defect of ours."""


class GateFailed(LakeError):
    """A gate refused the data."""

    exit_code = 1


class ConfigError(LakeError):
    """Settings, a declaration or a command line are wrong."""


class Locked(RetryableError):
    """Another run holds the lake, a backfill beside a scheduled run perhaps; it will end."""

    exit_code = 4


UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What Python raises where data is not of the form that its reader expects."""
