"""The program of a worker process: ``python -m symentropy.homework.worker MEGABYTES``.

Each line of standard input is a pickled task of the process that started it; each line of standard output is JSON, since a worker that
reads hostile text is not trusted.
"""

from __future__ import annotations

import base64
import json
import os
import pickle
import sys
import threading
from pathlib import Path

from symentropy.homework.judging import TOO_MUCH, Judgement, judge

#: Bytes of the stack of a thread.
STACK = 256 << 10


def main() -> None:
    """Do tasks until there are no more."""
    threading.stack_size(STACK)  # a timer in a thread watches each decision
    _limit(int(sys.argv[1]))
    tasks, results = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else prints does not get between the results
    print(json.dumps("ready"), file=results, flush=True)
    for line in tasks:
        answer, exercise = pickle.loads(base64.b64decode(line))
        try:
            found = judge(answer, exercise)
        except MemoryError:
            found = Judgement("undecided", reason=TOO_MUCH)
        print(json.dumps(found), file=results, flush=True)


def _limit(megabytes: int) -> None:
    """Bound what this process may take beyond the memory that it has now, where the platform can."""
    try:
        import resource  # only where there is one
    except ImportError:
        return
    most = _in_use() + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _in_use() -> int:
    """Return the bytes of address space of this process, 0 where the platform does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
