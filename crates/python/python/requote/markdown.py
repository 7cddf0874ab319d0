"""The extension of Python-Markdown, for MkDocs (Material) and Zensical: a fence with `requote` becomes tabs.

    markdown_extensions:
      - pymdownx.superfences
      - pymdownx.tabbed:
          alternate_style: true
      - requote.markdown:
          targets: [curl, python, fetch]

    ```http requote="curl, python" body=exact
    PUT /orders/7 HTTP/1.1
    Host: api.example.org
    ```

It is a preprocessor that writes the page's source before the fences are read (25, so 26 here): tabs of several
requests in a page then have ids of their own, and a fence may be in a list.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any, Callable, Dict, List

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

import requote

__all__ = ["RequoteExtension", "makeExtension"]

_PRIORITY = 26


class RequoteError(Exception):
    """A page whose snippets are not all there, where `strict` asks for it."""


class RequotePreprocessor(Preprocessor):
    """Writes the snippets of a page into its source."""

    def __init__(self, md: Markdown, settings: Dict[str, Any]) -> None:
        super().__init__(md)
        self._strict = settings.pop("strict")
        self._files = _reader_of(Path(settings.pop("files")))
        folders = settings.pop("templates")
        self._templates = requote.Templates(*folders) if folders else None
        self._style = settings.pop("style")
        self._settings = settings

    def run(self, lines: List[str]) -> List[str]:
        page = requote.expand(
            "\n".join(lines),
            "markdown",
            self._style,
            files=self._files,
            templates=self._templates,
            **self._settings,
        )
        told = [one for one in page.diagnostics if one.severity != "note"]
        if self._strict and told:
            raise RequoteError("; ".join(str(one) for one in told))
        for one in told:
            _logger().warning("requote: %s", one)
        return page.text.split("\n")


class RequoteExtension(Extension):
    """What `markdown_extensions` names."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "targets": [[], "The targets of a fence that names none"],
            "style": ["mkdocs", "How the snippets of a request are shown together"],
            "body": ["auto", "How bodies are written: auto, exact, text or native"],
            "scheme": ["", "The scheme of URLs, where it is not to be guessed"],
            "secrets": ["keep", "What becomes of credentials: keep or env"],
            "attachments": ["refuse", "What becomes of code that reads a file: refuse or carry"],
            "options": [{}, "Options of the targets, such as timeout"],
            "templates": [[], "Folders of templates of your own"],
            "files": [".", "The folder in which `file=` is read"],
            "strict": [False, "Fail where a snippet is missing or differs from its request"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        settings = dict(self.getConfigs())
        settings["scheme"] = settings["scheme"] or None
        md.preprocessors.register(RequotePreprocessor(md, settings), "requote", _PRIORITY)


def makeExtension(**kwargs: Any) -> RequoteExtension:
    """The extension, for `markdown.markdown(extensions=["requote.markdown"])`."""
    return RequoteExtension(**kwargs)


def _reader_of(folder: Path) -> Callable[[str], bytes]:
    root = folder.resolve()

    def read(name: str) -> bytes:
        path = (root / name).resolve()
        if root != path and root not in path.parents:
            raise ValueError(f"it is outside of the folder {folder}")
        return path.read_bytes()

    return read


def _logger() -> logging.Logger:
    # `mkdocs build --strict` counts the warnings below its own logger.
    return logging.getLogger("mkdocs.requote" if "mkdocs" in sys.modules else "requote.markdown")
