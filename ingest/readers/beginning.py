"""How a stream begins, without reading on: what kind of file it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    import io


def beginning(stream: BinaryIO, size: int) -> bytes:
    """Return up to `size` bytes that a buffered stream begins with; they stay unread.

    >>> import io
    >>> stream = io.BufferedReader(io.BytesIO(b"%PDF-1.7"))
    >>> beginning(stream, 4), stream.read(4)
    (b'%PDF', b'%PDF')
    """
    return cast("io.BufferedReader", stream).peek(size)[:size]
