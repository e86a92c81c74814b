"""The examples of the page on other packages that need PyTorch or JAX are run where these are installed."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parent.parent / "docs" / "interplay.md").read_text(encoding="utf-8")
BLOCKS = {re.search(r"import (\w+)", code)[1]: code for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)}


def test_both_are_on_the_page():
    assert BLOCKS.keys() == {"torch", "jax"}
    assert all("assert" in code for code in BLOCKS.values())


@pytest.mark.filterwarnings("default")  # of packages that are not ours
@pytest.mark.parametrize("package", BLOCKS)
def test_example(package):
    pytest.importorskip(package)
    exec(compile(BLOCKS[package], package, "exec"), {})
