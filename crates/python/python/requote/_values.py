"""Values and exceptions of requote, as plain classes of Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, NamedTuple, Optional, Tuple


@dataclass(frozen=True)
class Diagnostic:
    """One thing to say about a message or a snippet, with its place and a way out."""

    severity: str
    """`error`, `warning` or `note`."""
    code: str
    """A stable name, such as `header-forbidden`; https://docs.rs/requote lists them."""
    affects: List[str]
    """What arrives differently because of it: `method`, `target`, `body`, `header:<name>`, …"""
    arrives: Optional[str]
    """What arrives in place of the part that it affects, where that is known."""
    message: str
    """One plain sentence, without a full stop."""
    help: Optional[str]
    """What to do about it."""
    span: Optional[Tuple[int, int]]
    """Where in the message: the offsets of the first byte, and after the last byte."""
    line: Optional[int]
    """The line of the place, from 1."""
    column: Optional[int]
    """The column of the place, from 1, in characters."""

    def __str__(self) -> str:
        place = "" if self.line is None else f"{self.line}:{self.column}: "
        return f"{place}{self.severity}[{self.code}]: {self.message}"


@dataclass(frozen=True)
class Attachment:
    """A file that the code of a snippet reads from the folder in which it runs."""

    name: str
    """One plain file name: ASCII letters, digits, `-`, `_` and `.`."""
    content: bytes
    """Its bytes."""


class Page(NamedTuple):
    """A page of documentation with its snippets."""

    text: str
    """The page's text."""
    diagnostics: List[Diagnostic]
    """What there is to say about the page, its requests and its snippets, with places in the page as it was given."""


@dataclass(frozen=True)
class Target:
    """What there is to know of a target, as `requote targets --json` tells it."""

    id: str
    """`<language>/<client>`."""
    language: str
    client: str
    aliases: List[str]
    """Other names of the language, where the language by itself means this client."""
    title: str
    """Language and client for a reader."""
    label: str
    """A short name for a reader, unlike that of every other target."""
    highlight: str
    """The name of the language for highlighters."""
    extension: str
    """File name extension, without the dot."""
    default: bool
    """Whether the language by itself means this client."""
    proven: bool
    """Whether requote's own tests run its snippets."""
    adds: List[str]
    """The fields that the client may send by itself."""
    redirects: Optional[str]
    """What the snippet does where the response is a redirection, where that is known."""
    docs: str
    """The client's documentation."""
    install: Optional[str]
    """The line that installs it, where it is not part of the language."""
    version: Optional[str]
    """The lowest version that the snippets are written for."""
    options: List[Any]
    """The options that its snippets have: dictionaries with `name`, `type`, `default`, `help`, …"""
    limits: List[Any]
    """What the client cannot carry, a few words each."""


class Error(ValueError):
    """Why there is no snippet. Its text is what the program prints."""

    diagnostics: List[Diagnostic]
    """The reason, with its code and its place."""

    def __init__(self, text: str, diagnostics: List[Diagnostic], json: Optional[str] = None) -> None:
        super().__init__(text, diagnostics, json)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return str(self.args[0])


class MessageError(Error):
    """The message holds no request that can be told apart.

    >>> import requote
    >>> try:
    ...     requote.quote("GET / HTTP/1.1\\nHost : example.org\\n\\n", "curl")
    ... except requote.MessageError as error:
    ...     print(error)
    error[field-name-space]: white space before the colon of a field (RFC 9112 §5.1)
     --> <message>:2:5
      |
    2 | Host : example.org\\n
      |     ^ expected the colon
    help: write `Host:`
    """

    def to_json(self) -> str:
        """The line that `requote to --json` prints, with `file` null and without the line feed."""
        return str(self.args[2])


class UnknownTarget(Error):
    """There is no such target, or its name means several."""


class TemplateError(Error):
    """A template or a `language.toml` does not load, or does not write all that it is given."""
