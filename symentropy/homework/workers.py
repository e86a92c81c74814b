"""Worker processes with hard limits: a task that takes too long is killed with its process, and nothing else is lost.

Main definition: `Workers`, a `concurrent.futures.Executor` for `symentropy.homework.judging.judge`.

The processes are started as programs of their own, so that no module of the caller is imported again, and no thread is forked.
"""

from __future__ import annotations

import base64
import json
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import Any

from symentropy.homework.judging import TOO_MUCH, Exercise, Judgement, judge

#: Megabytes that a worker may use beyond those of an idle one.
MEGABYTES = 1024
#: Seconds within which a worker has started.
START = 60.0

_Task = tuple["Future[Any]", str, Exercise]


class Workers(Executor):
    """``jobs`` processes; a task may take ``seconds``, and a process ``megabytes`` of memory more than an idle one has."""

    def __init__(self, jobs: int, seconds: float, megabytes: int = MEGABYTES) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self._tasks: queue.Queue[_Task | None] = queue.Queue()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(max(1, jobs))]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Return the future judgement; the only task is `judge`."""
        if task is not judge or named:
            raise TypeError("these workers do nothing but judge answers")
        answer, exercise = arguments
        future: Future[Any] = Future()
        self._tasks.put((future, answer, exercise))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers once their tasks are done; with ``cancel_futures``, without those that have not begun."""
        if cancel_futures:
            with suppress(queue.Empty):
                while (task := self._tasks.get_nowait()) is not None:
                    task[0].cancel()
        for _ in self._threads:
            self._tasks.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _serve(self) -> None:
        process = _Process(self.megabytes)
        try:
            while (task := self._tasks.get()) is not None:
                future, answer, exercise = task
                if future.set_running_or_notify_cancel():
                    try:
                        future.set_result(process.result(answer, exercise, self.seconds))
                    except Exception as error:  # what cannot be pickled, say: the other tasks go on
                        future.set_exception(error)
        finally:
            process.end()


class _Process:
    """A worker process, started when it is needed, and again after it was killed."""

    def __init__(self, megabytes: int) -> None:
        self.megabytes = megabytes
        self._process: subprocess.Popen[bytes] | None = None

    def result(self, answer: str, exercise: Exercise, seconds: float) -> Judgement:
        """Return the judgement, or one that says which limit was reached."""
        try:
            process = self._running()
            line = base64.b64encode(pickle.dumps((answer, exercise))) + b"\n"
            reply, is_late = _asked(process, line, seconds)
        except OSError as error:
            self.end()
            return Judgement("undecided", reason=f"the worker process failed: {error}")
        if reply is None:
            self.end()
            return Judgement("undecided", reason=f"no verdict within {seconds:g} seconds" if is_late else TOO_MUCH)
        found = Judgement(*map(str, reply))
        if found.reason == TOO_MUCH:
            self.end()  # what it has allocated must not cost the next answer
        return found

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "symentropy.homework.worker", str(self.megabytes)]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
            )
            if _asked(self._process, b"", START)[0] is None:
                raise OSError("it did not start")
        return self._process

    def end(self) -> None:
        """Kill the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            self._process = None


def _asked(process: subprocess.Popen[bytes], line: bytes, seconds: float) -> tuple[Any, bool]:
    """Return what a process answers to a line, None if it is killed or dies first, and whether it was too late."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        if process.stdin is None or process.stdout is None:
            raise OSError("it has no pipes")
        with suppress(BrokenPipeError):
            process.stdin.write(line)
            process.stdin.flush()
        reply = process.stdout.readline()
        return (json.loads(reply) if reply.endswith(b"\n") else None), late.is_set()
    except ValueError:
        return None, late.is_set()
    finally:
        timer.cancel()
