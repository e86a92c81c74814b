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

from symentropy.homework.judging import Judgement, judge


def main() -> None:
    """Do tasks until there are no more."""
    _limit(int(sys.argv[1]))
    tasks, results = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else prints does not get between the results
    print(json.dumps("ready"), file=results, flush=True)
    for line in tasks:
        answer, exercise = pickle.loads(base64.b64decode(line))
        try:
            found = judge(answer, exercise)
        except MemoryError:
            found = Judgement("undecided", reason="the answer takes too much memory")
        print(json.dumps(found), file=results, flush=True)


def _limit(megabytes: int) -> None:
    """Bound the memory of this process, where the platform can."""
    try:
        import resource  # only where there is one
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
