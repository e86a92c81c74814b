"""A line on a terminal that says that work goes on, and for how long.

Main definition: `Progress`.
"""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

#: Seconds before the line appears, and between its changes.
PATIENCE = 1.0


class Progress:
    """While the block runs, show on a terminal what is at work and for how many seconds; elsewhere, nothing.

    ``label`` may change while the block runs.
    """

    def __init__(self, label: str = "") -> None:
        self.label = label
        self._done = threading.Event()
        self._shown = False
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Progress:
        if sys.stderr is not None and sys.stderr.isatty():
            self._thread = threading.Thread(target=self._tick, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()
        self.clear()

    def clear(self) -> None:
        """Remove the line, before something else is printed."""
        if self._shown:
            self._shown = False
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _tick(self) -> None:
        start = time.monotonic()
        while not self._done.wait(PATIENCE):
            self._shown = True
            print(f"\r\033[Ksymentropy: {self.label}{time.monotonic() - start:.0f} s", end="", file=sys.stderr, flush=True)
