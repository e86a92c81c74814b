"""``python -m symentropy``: the command line."""

import sys

from symentropy.cli import main

if __name__ == "__main__":
    sys.exit(main())
