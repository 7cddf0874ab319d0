"""The documentation tools: how each is given pages, how it is run, and where its HTML is."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Format:
    """What a page is written in."""

    extension: str
    heading: str
    marker: str


MARKDOWN = Format("md", "## {}", "<!-- {} -->")
MDX = Format("mdx", "## {}", "{{/* {} */}}")
RST = Format("rst", "{}\n-------------", ".. {}")
ASCIIDOC = Format("adoc", "== {}", "// {}")

FRONT_MATTER = "---\ntitle: Page {}\n---\n\nText.\n"


@dataclass(frozen=True)
class Tool:
    """A documentation tool. Its project is a copy of the folder of its name, beside this file."""

    name: str
    format: Format
    #: The folder of the pages, and that of the HTML, both in the project's.
    pages: str
    built: str
    #: The commands that build, run by a shell in the project's folder.
    build: list
    #: The first lines of a page.
    head: str = "# Page {}\n"
    #: Programs that must be there.
    needs: list = field(default_factory=list)
    #: Whether it builds all cases for all targets in seconds.
    is_quick: bool = True
    #: The list of pages, where the tool wants one: its file, its first line, and the line of a page.
    contents: tuple = ()
    #: Whether the tool shows what it would act on behind the tabs.
    has_blocks_behind: bool = False
    #: Whether its style refuses what it has no way to make harmless.
    may_refuse: bool = False
    #: Whether it is left out unless it is named, or `--all` is.
    is_extra: bool = False
    #: Whether pages pass through requote when the tool builds, and not before.
    is_live: bool = False

    def prepare(self, project):
        """Makes the project; one for node has the modules of the folder that a variable names."""
        shutil.copytree(HERE / self.name, project)
        (project / self.pages).mkdir(parents=True, exist_ok=True)
        if "node" in self.needs:
            os.symlink(Path(os.environ["REQUOTE_NODE_MODULES"]).resolve(), project / "node_modules")

    def list_pages(self, project, count):
        """Writes the list of pages."""
        if self.contents:
            name, first, line = self.contents
            lines = [line.format(number) for number in range(count)]
            (project / name).write_text("\n".join([first, *lines]) + "\n")

    def run(self, project):
        """Builds the pages."""
        for command in self.build:
            done = subprocess.run(["sh", "-c", command], cwd=project, capture_output=True, text=True)
            if done.returncode != 0:
                raise RuntimeError(f"`{command}` fails:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")

    def read_page(self, project, number):
        """The HTML of a page."""
        folder = project / self.built
        for name in (f"page-{number}.html", f"page-{number}/index.html"):
            if (folder / name).is_file():
                return (folder / name).read_text()
        raise RuntimeError(f"there is no page {number} in {self.built}")


SPHINX = [
    "sphinx-build -q -W -j 2 -b html . built",
    "sphinx-build -q -W -b text . built-text",
    "sphinx-build -q -W -b latex . built-latex",
]

# Its cache is in `node_modules`, which may be another project's too.
DOCUSAURUS = "DOCUSAURUS_NO_PERSISTENT_CACHE=true npx --no-install docusaurus build"

# Astro needs a later Node than the others: that of the modules comes first in the path of `npx`.
STARLIGHT = "ASTRO_TELEMETRY_DISABLED=1 npx --no-install astro build"

# It has no build: Chromium shows the pages, and what is seen then is written down.
DOCSIFY = f"node {HERE}/docsify.mjs . built"

TOOLS = [
    Tool("mdbook", MARKDOWN, "src", "book", ["mdbook build"], needs=["mdbook"],
         contents=("src/SUMMARY.md", "# Summary\n", "- [Page {0}](page-{0}.md)")),
    Tool("mdbook-live", MARKDOWN, "src", "book", ["mdbook build"], needs=["mdbook"], is_live=True,
         contents=("src/SUMMARY.md", "# Summary\n", "- [Page {0}](page-{0}.md)")),
    Tool("mdbook-tabs", MARKDOWN, "src", "book", ["mdbook build"], needs=["mdbook", "mdbook-tabs"], is_extra=True,
         contents=("src/SUMMARY.md", "# Summary\n", "- [Page {0}](page-{0}.md)")),
    Tool("mdbook-tabs-live", MARKDOWN, "src", "book", ["mdbook build"], needs=["mdbook", "mdbook-tabs"], is_extra=True,
         is_live=True, contents=("src/SUMMARY.md", "# Summary\n", "- [Page {0}](page-{0}.md)")),
    Tool("mkdocs", MARKDOWN, "docs", "site", ["mkdocs build --quiet --strict"], needs=["mkdocs"],
         is_quick=False),
    Tool("zensical", MARKDOWN, "docs", "site", ["zensical build --strict"], needs=["zensical"],
         is_quick=False),
    Tool("sphinx-design", RST, ".", "built", SPHINX, head="Page {}\n=========\n",
         needs=["sphinx-build"], is_quick=False),
    Tool("sphinx-inline-tabs", RST, ".", "built", SPHINX[:1], head="Page {}\n=========\n",
         needs=["sphinx-build"], is_quick=False),
    Tool("sphinx-tabs", RST, ".", "built", SPHINX[:1], head="Page {}\n=========\n",
         needs=["sphinx-build"], is_quick=False),
    Tool("myst", MARKDOWN, ".", "built", SPHINX, needs=["sphinx-build"], is_quick=False),
    Tool("asciidoc", ASCIIDOC, ".", ".", ["asciidoctor --quiet page-*.adoc"], head="= Page {}\n",
         needs=["asciidoctor"]),
    Tool("hugo", MARKDOWN, "content", "public", ["hugo --quiet"], head=FRONT_MATTER, needs=["hugo"],
         may_refuse=True),
    Tool("vitepress", MARKDOWN, ".", ".vitepress/dist", ["npx --no-install vitepress build ."],
         needs=["node"], is_quick=False, has_blocks_behind=True),
    Tool("docusaurus", MDX, "docs", "build", [DOCUSAURUS], head=FRONT_MATTER,
         needs=["node"], is_quick=False),
    Tool("starlight", MDX, "src/content/docs", "dist", [STARLIGHT], head=FRONT_MATTER,
         needs=["node"], is_quick=False, is_extra=True),
    Tool("docsify", MARKDOWN, ".", "built", [DOCSIFY], needs=["node"], is_quick=False),
]
