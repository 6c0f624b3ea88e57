"""What a text says once it is read as an identifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Check = Literal["holds", "fails", "missing", "none"]
"""What its check digits say: they hold, they fail, they are left out, or the kind has none."""

Part = str | int | list[str] | None


@dataclass(frozen=True, slots=True)
class Identifier:
    """One reading of a text: its kind, the one form it is written in here, and its parts.

    A published number whose check digit fails is an identifier all the same: it is flagged.
    """

    kind: str
    canonical: str
    parts: Mapping[str, Part] = field(default_factory=dict)
    check: Check = "none"
    notes: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether nothing that can be checked speaks against it."""
        return self.check != "fails"


def checked(expected: str, written: str | None) -> Check:
    """Return what a written check digit says beside the one that the number calls for.

    >>> checked("6", "6"), checked("6", "5"), checked("6", None)
    ('holds', 'fails', 'missing')
    """
    if written is None:
        return "missing"
    return "holds" if written == expected else "fails"
