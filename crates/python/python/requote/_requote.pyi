from os import PathLike
from typing import Any, Callable, Dict, List, Literal, Mapping, Optional, Sequence, Union, final

from ._values import Attachment, Diagnostic, Page

__all__ = ["Snippet", "Templates", "__version__", "check", "expand", "quote", "targets_json"]

__version__: str

_Message = Union[bytes, bytearray, memoryview, str]
_From = Literal["auto", "message", "curl", "har", "http-file", "fetch", "burp", "cmd", "powershell", "postman"]
_Folder = Union[str, PathLike[str]]

@final
class Templates:
    """Folders of templates, read once and laid over the built-in ones, the later over the earlier."""

    def __new__(cls, *folders: _Folder) -> Templates: ...

@final
class Snippet:
    """A request as code for a target."""

    @property
    def target(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def highlight(self) -> str: ...
    @property
    def outcome(self) -> Literal["exact", "semantic", "lossy", "unsupported"]: ...
    @property
    def extension(self) -> str: ...
    @property
    def code(self) -> Optional[str]: ...
    @property
    def attachments(self) -> List[Attachment]: ...
    @property
    def environment(self) -> List[str]: ...
    @property
    def adds(self) -> List[str]: ...
    @property
    def diagnostics(self) -> List[Diagnostic]: ...
    @property
    def install(self) -> Optional[str]: ...
    @property
    def docs(self) -> str: ...
    def to_json(self) -> str:
        """The line that `requote to --json` prints, with `file` null and without the line feed."""

    def to_dict(self) -> Dict[str, Any]:
        """What `to_json` says, as a dictionary."""

def quote(
    message: _Message,
    target: str,
    *,
    from_: _From = "auto",
    request: Optional[Union[int, str]] = None,
    body: Literal["auto", "exact", "text", "native"] = "auto",
    scheme: Optional[Literal["http", "https"]] = None,
    secrets: Literal["keep", "env"] = "keep",
    environment: Optional[Mapping[str, str]] = None,
    options: Optional[Mapping[str, Union[str, int, float, bool, Mapping[str, str]]]] = None,
    variables: Optional[Mapping[str, str]] = None,
    host: Optional[str] = None,
    files: Optional[Mapping[str, Union[bytes, str]]] = None,
    templates: Optional[Union[Templates, _Folder, Sequence[_Folder]]] = None,
) -> Snippet:
    """Quotes the request of a message, in any format that is read, as code for a target."""

def check(
    message: _Message,
    *,
    from_: _From = "auto",
    request: Optional[Union[int, str]] = None,
    variables: Optional[Mapping[str, str]] = None,
    host: Optional[str] = None,
    files: Optional[Mapping[str, Union[bytes, str]]] = None,
) -> List[Diagnostic]:
    """What is odd about the requests of a message, before any target, and why one cannot be read."""

def expand(
    page: str,
    format: Literal["markdown", "mdx", "rst", "asciidoc"] = "markdown",
    style: Optional[str] = None,
    *,
    mode: Literal["build", "update", "clean"] = "build",
    targets: Optional[Sequence[str]] = None,
    body: Literal["auto", "exact", "text", "native"] = "auto",
    scheme: Optional[Literal["http", "https"]] = None,
    secrets: Literal["keep", "env"] = "keep",
    attachments: Literal["refuse", "carry"] = "refuse",
    environment: Optional[Mapping[str, str]] = None,
    options: Optional[Mapping[str, Union[str, int, float, bool, Mapping[str, str]]]] = None,
    files: Optional[Union[Mapping[str, bytes], Callable[[str], bytes]]] = None,
    templates: Optional[Union[Templates, _Folder, Sequence[_Folder]]] = None,
) -> Page:
    """Writes the snippets of a page of documentation."""

def targets_json(
    templates: Optional[Union[Templates, _Folder, Sequence[_Folder]]] = None,
) -> str: ...
