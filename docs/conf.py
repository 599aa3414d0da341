"""How Sphinx builds the documentation: Markdown through MyST, in Furo's clothes, with warnings as errors."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.directives.code import CodeBlock

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_DECLARED = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text("utf-8"))["project"]

project = "crosstie"
release = version = _DECLARED["version"]
project_copyright = "the authors of crosstie"
extensions = ["myst_parser", "sphinx.ext.githubpages"]
exclude_patterns = ["_build", "tools", "**/.ipynb_checkpoints"]
nitpicky = True

html_theme = "furo"
html_title = "crosstie"
html_copy_source = False
html_show_sphinx = False

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3


class CodeCell(CodeBlock):
    """A cell of a notebook kept as Markdown: here it is shown, in the tests it is run."""

    optional_arguments = 1

    def run(self) -> list:
        """Show the cell as Python, whatever kernel its head names."""
        self.arguments = ["python"]
        return super().run()


def setup(app: Sphinx) -> None:
    """Teach Sphinx the notebook's cells."""
    app.add_directive("code-cell", CodeCell)
