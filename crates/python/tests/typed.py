"""What a type checker sees of the package: `mypy --strict` accepts this file."""

from pathlib import Path
from typing import List, Optional

import requote


def quote_all(messages: List[bytes], templates: Optional[requote.Templates] = None) -> List[str]:
    found: List[str] = []
    for message in messages:
        try:
            snippet = requote.quote(message, "python", body="exact", options={"timeout": 10}, templates=templates)
        except requote.MessageError as error:
            found.append(error.to_json())
            continue
        except requote.UnknownTarget as error:
            found.extend(told.code for told in error.diagnostics)
            continue
        code: Optional[str] = snippet.code
        outcome: str = snippet.outcome
        for file in snippet.attachments:
            Path(file.name).write_bytes(file.content)
        places = [(told.line, told.column, told.span) for told in snippet.diagnostics]
        found.append(f"{outcome} {code or ''} {places}")
    return found


def labels() -> List[str]:
    return [target.label for target in requote.targets(templates=Path("house"))]


print(quote_all([b"GET / HTTP/1.1\r\nHost: h.example\r\n\r\n"]), requote.check("GET /"), requote.__version__)
# Each of these is a mistake that the stubs know.
requote.quote("", "curl", body="some")  # type: ignore[arg-type]
requote.quote(7, "curl")  # type: ignore[arg-type]
requote.quote("", "curl").code.upper()  # type: ignore[union-attr]
