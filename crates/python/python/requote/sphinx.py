"""The Sphinx extension: `.. requote:: curl, python`, in reStructuredText and in MyST.

    extensions = ["requote.sphinx"]

    .. requote:: curl, python, fetch

       PUT /orders/7 HTTP/1.1
       Host: api.example.org
       Content-Type: application/json

       {"quantity": 2}

Diagnostics are warnings of Sphinx, `[requote.<code>]`, at the line of the page or of the file: `sphinx-build -W`
makes them failures, and `suppress_warnings` leaves them out.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import requote

__all__ = ["RequoteDirective", "setup"]

logger = logging.getLogger(__name__)

_TABS = ("design", "inline", "plain")
_ATTACHMENTS = ("refuse", "carry")
# The longest file that a page carries, in bytes, as in `requote.expand`.
_MAX_CARRIED = 32 * 1024
_STATUS_LINE = re.compile(r"(?:(?<=\n\n)|(?<=\n\r\n))HTTP/[\d.]+ [1-9]\d\d(?: |\r?$)", re.MULTILINE)


class _Message(NamedTuple):
    """A message, and where it is: the file or the page, and the line before its first."""

    text: bytes
    place: str
    line: int


class _Block(NamedTuple):
    """A block of code with its title."""

    key: str
    label: str
    code: str
    highlight: str


class RequoteDirective(SphinxDirective):
    """Shows a request as code for some targets."""

    has_content = True
    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {
        "file": directives.unchanged_required,
        "from": directives.unchanged_required,
        "request": directives.unchanged_required,
        "body": directives.unchanged_required,
        "scheme": directives.unchanged_required,
        "secrets": directives.unchanged_required,
        "attachments": lambda text: directives.choice(text, _ATTACHMENTS),
        "option": directives.unchanged_required,
        "response": directives.unchanged,
        "tabs": lambda text: directives.choice(text, _TABS),
        "sync-group": directives.unchanged_required,
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> List[nodes.Node]:
        message = self._read_message()
        if message is None:
            return []
        files: Dict[str, bytes] = {}
        blocks = [block for name in self._target_names() for block in self._quote(name, message, files)]
        blocks += [_carry(name, content) for name, content in files.items()]
        blocks += self._response(message)
        if not blocks:
            return []
        made = _MAKERS[self._setting("tabs", "tabs")](blocks, self._setting("sync-group", "sync_group"))
        for node in made:
            node["classes"] += self.options.get("class", [])
            self.set_source_info(node)
        self.add_name(made[0])
        return made

    def _target_names(self) -> List[str]:
        given = self.arguments[0] if self.arguments else ""
        names = [name for name in re.split(r"[\s,]+", given) if name]
        return names or list(self.config.requote_targets)

    def _setting(self, option: str, name: str) -> Any:
        return self.options.get(option) or getattr(self.config, f"requote_{name}")

    def _read_message(self) -> Optional[_Message]:
        """The message of the body or of the file; `None` where that is told to be missing."""
        name = self.options.get("file")
        if (name is None) == (not self.content):
            raise self.error("requote: write the message below the directive, or name its `:file:`")
        if name is None:
            text = "\n".join(self.content) + "\n"
            place = self.content.source(0) or str(self.env.doc2path(self.env.docname))
            return _Message(text.encode(), place, self._line_before())
        found = self._read_file(name)
        return found and _Message(found[0], str(found[1]), 0)

    def _line_before(self) -> int:
        """The number of the line before the body."""
        if type(self.state).__module__.startswith("myst_parser"):
            # Lines are counted from the fence; the offset is the number of lines of options.
            return int(self.lineno + self.content_offset)
        return int(self.content.offset(0) or 0)

    def _read_file(self, name: str) -> Optional[Tuple[bytes, Path]]:
        relative, path = self.env.relfn2path(name)
        self.env.note_dependency(relative)
        try:
            return Path(path).read_bytes(), Path(path)
        except OSError as error:
            self._warn("input-unreadable", f"cannot read `{name}`: {error.strerror}", self.get_location())
            return None

    def _quote(self, target: str, message: _Message, files: Dict[str, bytes]) -> List[_Block]:
        """The block of a target; none where there is no code, which is then told. `files` takes what it reads."""
        try:
            snippet = requote.quote(
                message.text,
                target,
                from_=self.options.get("from", "auto"),
                request=self.options.get("request"),
                body=self._setting("body", "body"),
                scheme=self._setting("scheme", "scheme"),
                secrets=self._setting("secrets", "secrets"),
                options=self._client_options(),
                templates=_templates(self.config),
            )
        except requote.UnknownTarget as error:
            self._warn(error.diagnostics[0].code, error.diagnostics[0].message, self.get_location())
            return []
        except requote.Error as error:
            for told in error.diagnostics:
                self._tell(told, "", message)
            return []
        except ValueError as error:
            raise self.error(f"requote: {error}") from error
        for told in snippet.diagnostics:
            if told.severity != "note":
                self._tell(told, f"{snippet.target}: " if told.affects else "", message)
        if snippet.code is None:
            return []
        for file in snippet.attachments:
            why = self._why_not(file.name, file.content, files)
            if why:
                text = f"{snippet.target}: the code reads the file `{file.name}`, {why}"
                self._warn("docs-attachment", text, self.get_location())
                return []
        files.update((file.name, file.content) for file in snippet.attachments)
        return [_Block(snippet.target, snippet.label, snippet.code, snippet.highlight)]

    def _why_not(self, name: str, content: bytes, files: Dict[str, bytes]) -> str:
        """Why the page does not carry a file; empty where it does."""
        if self._setting("attachments", "attachments") == "refuse":
            return "which a page does not have (`:attachments: carry` shows a command that makes it)"
        if len(content) > _MAX_CARRIED:
            return f"whose {len(content)} bytes are more than the {_MAX_CARRIED} that a page carries"
        if files.get(name, content) != content:
            return "and another snippet here a file of that name with other bytes"
        return ""

    def _client_options(self) -> Dict[str, Any]:
        given = dict(self.config.requote_options)
        for line in self.options.get("option", "").splitlines():
            name, equals, value = line.strip().partition("=")
            given[name] = value if equals else True
        return given

    def _response(self, message: _Message) -> List[_Block]:
        """The block of the response: that of the file, or that behind the request."""
        name = self.options.get("response")
        if name is None:
            return []
        if name:
            found = self._read_file(name)
            text = "" if found is None else found[0].decode("utf-8", "replace")
        else:
            whole = message.text.decode("utf-8", "replace")
            start = _STATUS_LINE.search(whole)
            text = "" if start is None else whole[start.start() :]
        if not text:
            self._warn("docs-response", "there is no response to show", self.get_location())
            return []
        return [_Block("response", "Response", text.replace("\r\n", "\n"), "http")]

    def _tell(self, told: requote.Diagnostic, before: str, message: _Message) -> None:
        place: Any = message.place
        if told.line is not None:
            place = f"{message.place}:{message.line + told.line}"
        after = f" ({told.help})" if told.help else ""
        # The same is said of each target: once is enough.
        said = self.env.temp_data.setdefault("requote_said", set())
        key = (place, self.lineno, before, told.code, told.message)
        if key not in said:
            said.add(key)
            self._warn(told.code, f"{before}{told.message}{after}", place)

    def _warn(self, code: str, text: str, location: Any) -> None:
        logger.warning("%s", text, type="requote", subtype=code, location=location)


class HttpExampleDirective(RequoteDirective):
    """`.. http:example::` of sphinxcontrib-httpexample: the message, the code of each builder, the response."""

    option_spec = {
        **{name: reader for name, reader in RequoteDirective.option_spec.items() if name != "request"},
        "request": directives.unchanged_required,
    }
    _NAMES = {"python-requests": "requests"}

    def run(self) -> List[nodes.Node]:
        if "request" in self.options:
            self.options["file"] = self.options.pop("request")
        if _STATUS_LINE.search("\n".join(self.content)):
            self.options.setdefault("response", "")
        return super().run()

    def _target_names(self) -> List[str]:
        names = self.arguments[0].split() if self.arguments else []
        return ["http"] + [self._NAMES.get(name, name) for name in names]

    def _setting(self, option: str, name: str) -> Any:
        default = getattr(self.config, "httpexample_scheme", None) if option == "scheme" else None
        return super()._setting(option, name) or default


class HttpDomain(Domain):
    """The domain of `http:example`, where sphinxcontrib-httpdomain is not loaded."""

    name = "http"
    label = "HTTP"
    directives = {"example": HttpExampleDirective}

    def merge_domaindata(self, docnames: Any, otherdata: Any) -> None:
        """There is no data."""


def _carry(name: str, content: bytes) -> _Block:
    """The command of a shell that makes a file, as `requote.expand` writes it."""
    encoded = base64.encodebytes(content).decode("ascii")
    command = f"base64 --decode > {name} <<'END'\n{encoded}END\n"
    return _Block(f"file/{name}", name, command, "bash")


def _code_block(block: _Block) -> nodes.literal_block:
    # A page has line feeds. A lexer that does not know all of its language is no fault of the page.
    code = block.code.replace("\r\n", "\n")
    return nodes.literal_block(code, code, language=block.highlight, force=True)


def _make_plain(blocks: List[_Block], group: str) -> List[nodes.Element]:
    made: List[nodes.Element] = []
    for block in blocks:
        made.append(nodes.rubric("", block.label, classes=["requote-label"]))
        made.append(_code_block(block))
    return made


def _make_design(blocks: List[_Block], group: str) -> List[nodes.Element]:
    from sphinx_design.shared import create_component

    tabs = create_component("tab-set", classes=["sd-tab-set"])
    for block in blocks:
        label = nodes.rubric(block.label, block.label, classes=["sd-tab-label"])
        # A file is of one request, and no choice of a language.
        if not block.key.startswith("file/"):
            label["sync_id"], label["sync_group"] = block.key, group
        content = create_component("tab-content", classes=["sd-tab-content"], children=[_code_block(block)])
        tabs += create_component("tab-item", classes=["sd-tab-item"], children=[label, content])
    return [tabs]


def _make_inline(blocks: List[_Block], group: str) -> List[nodes.Element]:
    from sphinx_inline_tabs._impl import TabContainer

    made: List[nodes.Element] = []
    for number, block in enumerate(blocks):
        tab = TabContainer("", type="tab", new_set=number == 0)
        tab += nodes.label("", block.label)
        content = nodes.container("", is_div=True, classes=["tab-content"])
        content += _code_block(block)
        tab += content
        made.append(tab)
    return made


_MAKERS = {"design": _make_design, "inline": _make_inline, "plain": _make_plain}

_read_templates: Dict[Tuple[str, ...], requote.Templates] = {}


def _templates(config: Config) -> Optional[requote.Templates]:
    """The folders of `requote_templates`, read once."""
    folders = tuple(config.requote_templates)
    if not folders:
        return None
    if folders not in _read_templates:
        _read_templates[folders] = requote.Templates(*folders)
    return _read_templates[folders]


def _configure(app: Sphinx, config: Config) -> None:
    base = Path(app.confdir)
    if not config.requote_tabs:
        if "sphinx_design" in app.extensions:
            config.requote_tabs = "design"
        else:
            config.requote_tabs = "inline" if "sphinx_inline_tabs" in app.extensions else "plain"
    if config.requote_tabs not in _TABS:
        raise ConfigError(f"requote_tabs is one of {', '.join(_TABS)}, not {config.requote_tabs!r}")
    if config.requote_attachments not in _ATTACHMENTS:
        expected = ", ".join(_ATTACHMENTS)
        raise ConfigError(f"requote_attachments is one of {expected}, not {config.requote_attachments!r}")
    config.requote_templates = [str(base / folder) for folder in config.requote_templates]
    if config.requote_replace_httpexample:
        if app.registry.has_domain("http"):
            app.add_directive_to_domain("http", "example", HttpExampleDirective, override=True)
        else:
            app.add_domain(HttpDomain)


def setup(app: Sphinx) -> Dict[str, Any]:
    """Adds the directive and its settings."""
    app.add_config_value("requote_targets", ["curl", "python"], "env", [list, tuple])
    app.add_config_value("requote_body", "auto", "env", [str])
    app.add_config_value("requote_scheme", None, "env", [str])
    app.add_config_value("requote_secrets", "keep", "env", [str])
    app.add_config_value("requote_attachments", "refuse", "env", [str])
    app.add_config_value("requote_options", {}, "env", [dict])
    app.add_config_value("requote_templates", [], "env", [list, tuple])
    app.add_config_value("requote_tabs", "", "env", [str])
    app.add_config_value("requote_sync_group", "requote", "env", [str])
    app.add_config_value("requote_replace_httpexample", False, "env", [bool])
    app.add_directive("requote", RequoteDirective)
    app.connect("config-inited", _configure)
    return {"version": requote.__version__, "parallel_read_safe": True, "parallel_write_safe": True}
