"""Staging shards side by side, in this process and in others, so that all cores are used.

Plain subprocesses, because inside an Airflow task the spawning start methods of
`multiprocessing` hang, and Polars must not be forked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from iplake import registry
from iplake.contract import Drift, RawFile, Shard
from iplake.declaration import Source
from iplake.errors import LakeError, RecordsLost, SourceChanged
from warehouse.staging import Count, Staged

Stage = Callable[[Shard, Path], Staged]

ERRORS: dict[str, type[LakeError]] = {"RecordsLost": RecordsLost, "SourceChanged": SourceChanged}
"""What staging may raise, and whoever runs it tells apart."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that stages one shard after another, and what it says meanwhile."""

    process: subprocess.Popen[str]
    said: IO[str]

    def stage(self, source: Source, file: RawFile, shard: Shard, folder: Path) -> Staged:
        """Stage one shard; return what it came to, or raise the error that it had."""
        task = {
            "address": source.address,
            "file": asdict(replace(file, landed_at=None)) | {"path": str(file.path)},
            "landed_at": file.landed_at.isoformat() if file.landed_at else None,
            "shard": asdict(shard),
            "folder": str(folder),
        }
        line = self._ask(json.dumps(task))
        if not line:
            self.said.seek(0)
            raise LakeError(
                "a process that staged a part of a file ended early",
                source=source.address,
                file=file.name,
                shard=shard,
                said=self.said.read().strip()[-2000:],
            )
        answer = json.loads(line)
        if "error" in answer:
            raise ERRORS.get(answer["error"], LakeError)(answer["message"], **answer["facts"])
        counts = {table: Count(**count) for table, count in answer["counts"].items()}
        return Staged(counts, tuple(Drift(**each) for each in answer["drift"]))

    def _ask(self, task: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(task + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            self.process.wait()
            return ""
        return self.process.stdout.readline()


@contextmanager
def started(count: int) -> Iterator[list[Worker]]:
    """Start some workers, which takes them half a second, and end them in any case."""
    with ExitStack() as stack:
        workers: list[Worker] = []
        for _ in range(count):
            said = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
            process = subprocess.Popen(
                [sys.executable, "-m", "warehouse.shard_task"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                encoding="utf-8",
                env=os.environ | {"POLARS_MAX_THREADS": "1", "ARROW_NUM_THREADS": "1"},
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            workers.append(Worker(process, said))
        yield workers


def share(stagers: Sequence[Stage], tasks: Iterable[tuple[Shard, Path]]) -> list[Staged]:
    """Stage every shard into its folder; each stager takes the next when it is done with one."""
    free: SimpleQueue[Stage] = SimpleQueue()
    for stager in stagers:
        free.put(stager)

    def stage(task: tuple[Shard, Path]) -> Staged:
        stager = free.get()
        try:
            return stager(*task)
        finally:
            free.put(stager)

    with ThreadPoolExecutor(len(stagers)) as pool:
        return list(pool.map(stage, tasks))


def main() -> None:
    """Stage the shards described line by line on standard input; answer each with a line."""
    from warehouse import refresh

    for line in sys.stdin:
        task = json.loads(line)
        landed_at = datetime.fromisoformat(task["landed_at"]) if task["landed_at"] else None
        path = Path(task["file"].pop("path"))
        file = RawFile(**{**task["file"], "path": path, "landed_at": landed_at})
        shard = Shard(**task["shard"])
        source = registry.get(task["address"])
        try:
            answer = asdict(refresh.stage_shard(source, file, shard, Path(task["folder"])))
        except LakeError as error:
            facts = {name: str(value) for name, value in error.facts.items()}
            answer = {"error": type(error).__name__, "message": error.message, "facts": facts}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
