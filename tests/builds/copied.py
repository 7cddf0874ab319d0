"""What a reader copies out of a built page."""

import re
from html.parser import HTMLParser

SECTION = re.compile(r"\s*case (\d+)\b")


class Reader(HTMLParser):
    """Reads the blocks of code below each heading `case N`."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.sections = {}
        self.text = []
        self.heading = None
        self.current = None
        self.depth = 0
        self.hidden = None

    def handle_starttag(self, tag, attributes):
        if re.fullmatch("h[1-6]", tag):
            self.heading = ""
        elif tag == "pre":
            self.depth += 1
            if self.depth == 1 and self.current is not None:
                self.current.append("")
        elif tag == "br" and self.depth:
            self.handle_data("\n")
        elif tag == "button" and self.current and (code := dict(attributes).get("data-code")):
            # Expressive Code: lines are elements, and the button beside the block has what it copies.
            self.current[-1] = code.replace("\x7f", "\n")
        elif tag in ("script", "style"):
            self.hidden = tag

    def handle_endtag(self, tag):
        if re.fullmatch("h[1-6]", tag) and self.heading is not None:
            if match := SECTION.match(self.heading):
                self.current = self.sections.setdefault(int(match[1]), [])
            self.heading = None
        elif tag == "pre" and self.depth:
            self.depth -= 1
        elif tag == self.hidden:
            self.hidden = None

    def handle_data(self, data):
        if self.hidden:
            return
        self.text.append(data)
        if self.heading is not None:
            self.heading += data
        elif self.depth and self.current is not None:
            self.current[-1] += data


def read(page):
    """The blocks of each section of a page, and all of its text."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.sections, "".join(reader.text)


def shown(code):
    """A code as a page shows it: without its last line end, and line ends are of one kind."""
    return code.replace("\r\n", "\n").removesuffix("\n")


def seen(block):
    """A block without its last line end."""
    return block.removesuffix("\n")
