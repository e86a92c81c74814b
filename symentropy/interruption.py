"""A time limit that interrupts Python code wherever it is, also inside SymPy.

Main definitions: `time_limit` and `TimeIsUp`.

A thread that watches the clock raises the exception in the thread that does the work, so that limits work in any thread, on any system and
inside each other. A single operation in C, such as the product of two huge integers, comes to its end first. Interpreters without
CPython's ``PyThreadState_SetAsyncExc`` have no limit.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sympy.core.cache import clear_cache

_raise_in: Any = getattr(getattr(ctypes, "pythonapi", None), "PyThreadState_SetAsyncExc", None)


class TimeIsUp(BaseException):
    """The time of a block is up. It is no `Exception`, so that what catches those on the way does not swallow it."""


class _Watch:
    """Raises `TimeIsUp` in the thread that made it after some seconds, unless it is stopped before."""

    def __init__(self, seconds: float) -> None:
        self.has_fired = False
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._lock = threading.Lock()
        self._is_stopped = False
        self._timer = threading.Timer(max(0.0, seconds), self._fire)
        self._timer.daemon = True
        self._timer.start()

    def _fire(self) -> None:
        with self._lock:
            if not self._is_stopped:
                self.has_fired = True
                _raise_in(self._thread, ctypes.py_object(TimeIsUp))

    def stop(self, *, is_raised: bool) -> None:
        """End the watch; what has been raised and has not arrived yet is taken back."""
        with self._lock:
            self._is_stopped = True
            self._timer.cancel()
            if self.has_fired and not is_raised:
                _raise_in(self._thread, None)


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise `TimeIsUp` in the block after some seconds, None for no limit.

    >>> with time_limit(60):
    ...     print("done in time")
    done in time
    >>> with time_limit(0.01):
    ...     while True:
    ...         pass
    Traceback (most recent call last):
    ...
    symentropy.interruption.TimeIsUp: the time of 0.01 seconds is up
    """
    if seconds is None or _raise_in is None:
        yield
        return
    watch = _Watch(seconds)
    is_raised = False
    try:
        yield
    except TimeIsUp:
        is_raised = watch.has_fired
        if not is_raised:  # that of a limit around this one
            raise
        clear_cache()  # SymPy may have noted that something is unknown that it was about to find out
        raise TimeIsUp(f"the time of {seconds:g} seconds is up") from None
    finally:
        watch.stop(is_raised=is_raised)
