"""An HTTP request as code.

`quote` reads a raw HTTP message, a curl command, a HAR capture or what else people have in hand, and writes a
snippet that sends the same request, for any of the targets that `targets` lists. Where a client cannot send it,
the snippet's diagnostics say exactly what differs.
"""

from __future__ import annotations

import json
from os import PathLike
from typing import TYPE_CHECKING, List, Optional, Sequence, Union

from ._requote import Snippet, Templates, __version__, check, expand, quote
from ._requote import targets_json as _targets_json
from ._values import Attachment, Diagnostic, Error, MessageError, Page, Target, TemplateError, UnknownTarget

if TYPE_CHECKING:
    TemplateFolders = Union[Templates, str, PathLike[str], Sequence[Union[str, PathLike[str]]]]

__all__ = [
    "Attachment",
    "Diagnostic",
    "Error",
    "MessageError",
    "Page",
    "Snippet",
    "Target",
    "TemplateError",
    "Templates",
    "UnknownTarget",
    "__version__",
    "check",
    "expand",
    "quote",
    "targets",
]


def targets(*, templates: Optional[TemplateFolders] = None) -> List[Target]:
    """All targets, sorted by their ids.

    >>> import requote
    >>> [target.id for target in requote.targets() if target.language == "python"]
    ['python/http-client', 'python/httpx', 'python/requests']
    """
    return [Target(**known) for known in json.loads(_targets_json(templates))]
