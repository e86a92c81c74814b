"""A time limit that interrupts Python code wherever it is, also inside SymPy.

Main definitions: `time_limit` and `TimeIsUp`; `forgotten_when_interrupted`, for caches of objects that an interruption may leave half made.

A thread that watches the clock raises the exception in the thread that does the work, so that limits work in any thread, on any system and
inside each other. It does so again and again until the block is left, as Python drops an exception that arrives in a destructor or in the
callback of a weak reference. A single operation in C, such as the product of two huge integers, comes to its end first. Interpreters
without CPython's ``PyThreadState_SetAsyncExc`` have no limit.
"""

from __future__ import annotations

import ctypes
import threading
from _thread import start_new_thread
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from mpmath import mp
from sympy.core.cache import clear_cache

_raise_in: Any = getattr(getattr(ctypes, "pythonapi", None), "PyThreadState_SetAsyncExc", None)
#: Seconds after which an exception that has not ended the block is raised again.
_AGAIN = 0.25
#: What empties the caches that an interruption may leave half made; SymPy may have noted there that something is unknown that it was
#: about to find out.
_FORGET: list[Callable[[], None]] = [clear_cache]

_Cached = TypeVar("_Cached")


class TimeIsUp(BaseException):
    """The time of a block is up. It is no `Exception`, so that what catches those on the way does not swallow it."""


def forgotten_when_interrupted(cached: _Cached) -> _Cached:
    """Return a function with a cache, which is emptied from now on when a block runs out of time.

    >>> from functools import cache
    >>> squares = forgotten_when_interrupted(cache(lambda n: n * n))
    >>> squares(3), squares.cache_info().currsize
    (9, 1)
    >>> try:
    ...     with time_limit(0.01):
    ...         while True:
    ...             pass
    ... except TimeIsUp:
    ...     squares.cache_info().currsize
    0
    """
    _FORGET.append(cached.cache_clear)  # type: ignore[attr-defined]
    return cached


class _Watch:
    """Raises `TimeIsUp` in the thread that made it after some seconds, until it is stopped."""

    def __init__(self, seconds: float) -> None:
        self.has_fired = False
        self._worker = ctypes.c_ulong(threading.get_ident())
        self._lock = threading.Lock()
        self._is_stopped = threading.Event()
        self._seconds = max(0.0, seconds)

    def start(self) -> None:
        """Begin to watch, in a bare thread: for one of `threading` the worker would wait, where no exception reaches it."""
        start_new_thread(self._watch, (self._seconds,))

    def _watch(self, seconds: float) -> None:
        while not self._is_stopped.wait(seconds):
            with self._lock:
                if self._is_stopped.is_set():
                    return
                self.has_fired = True
                _raise_in(self._worker, ctypes.py_object(TimeIsUp))
            seconds = _AGAIN

    def stop(self) -> bool:
        """End the watch and return whether it has fired; what has not arrived yet is taken back.

        What is taken back, or arrives here, may be from a limit around this one, which raises it again.
        """
        try:
            self._is_stopped.set()
            with self._lock:
                if self.has_fired:
                    _raise_in(self._worker, None)
        except TimeIsUp:
            return self.stop()
        return self.has_fired


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
    precision = mp.prec
    watch = _Watch(seconds)
    try:
        watch.start()
        yield
    except TimeIsUp:
        if not watch.has_fired:  # that of a limit around this one
            raise
        raise TimeIsUp(f"the time of {seconds:g} seconds is up") from None
    finally:
        if watch.stop():
            mp.prec = precision
            for forget in _FORGET:
                forget()
