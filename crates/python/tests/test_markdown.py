"""Real builds of MkDocs Material and of Zensical, and Python-Markdown itself: what a reader copies is the snippet.

python -m unittest discover crates/python/tests -p test_markdown.py
"""

import importlib.util
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import markdown
from pages import CANARY, TARGETS, all_requests, blocks_of, expected_codes, has_canary, ids_of

# Without `anchor_linenums` and the like a block of code has no ids of its own.
MKDOCS = """
site_name: requests
theme:
  name: material
  font: false
validation:
  links:
    not_found: ignore
markdown_extensions:
  - pymdownx.highlight
  - pymdownx.snippets
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
  - requote.markdown:
      targets: [{targets}]
      files: docs/requests
      attachments: carry
      {settings}
"""
ZENSICAL = """
[project]
site_name = "requests"
[project.markdown_extensions.pymdownx.highlight]
[project.markdown_extensions.pymdownx.superfences]
[project.markdown_extensions.pymdownx.tabbed]
alternate_style = true
[project.markdown_extensions.requote]
targets = [{targets}]
files = "docs/requests"
attachments = "carry"
"""


def convert(page, **settings):
    extensions = ["pymdownx.superfences", "pymdownx.tabbed", "requote.markdown"]
    configs = {"pymdownx.tabbed": {"alternate_style": True}, "requote.markdown": settings}
    return markdown.markdown(page, extensions=extensions, extension_configs=configs)


class Converting(unittest.TestCase):
    def test_a_fence_becomes_tabs_and_others_stay(self):
        fence = '```http requote="curl, python"\nGET / HTTP/1.1\nHost: h.example\n```\n'
        page = convert(f"# Page\n\n{fence}\n1. in a list\n\n    {fence.replace(chr(10), chr(10) + '    ')}\n")
        self.assertEqual(page.count('class="tabbed-set'), 2)
        for id in ("__tabbed_1_1", "__tabbed_1_2", "__tabbed_2_1", "__tabbed_2_2"):
            self.assertEqual(page.count(f'id="{id}"'), 1)
        plain = "```http\nGET / HTTP/1.1\nHost: h.example\n```\n"
        self.assertNotIn("tabbed", convert(plain))
        self.assertNotIn("tabbed-set", convert(f"````md\n{fence}````\n"))

    def test_what_is_wrong_is_logged_or_fails(self):
        fence = "```http requote=fetch\nGET / HTTP/1.1\nHost: h.example\nCookie: a=1\n```\n"
        with self.assertLogs() as logs:
            convert(fence)
        self.assertIn("4:1: warning[header-forbidden]", logs.output[0])
        with self.assertRaisesRegex(Exception, "header-forbidden"):
            convert(fence, strict=True)
        with self.assertRaisesRegex(Exception, "outside of the folder"):
            convert("```http requote=curl file=../x.http\n```\n", strict=True)


class Building(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.docs = self.root / "docs"
        (self.docs / "requests").mkdir(parents=True)
        for place in (self.root, self.docs):
            (place / "canary.txt").write_text(CANARY)

    def write_all(self):
        """A page with all requests, each in a file; the codes, in order."""
        page, codes = ["# Requests", ""], []
        for name, message in all_requests().items():
            (self.docs / "requests" / f"{name}.http").write_bytes(message)
            page.append(f"```http requote file={name}.http\n```\n")
            codes += expected_codes(message)
        (self.docs / "index.md").write_text("\n".join(page))
        return codes

    def run_tool(self, *command, fails=False):
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=self.root, capture_output=True, text=True, check=False
        )
        printed = done.stdout + done.stderr
        self.assertEqual(done.returncode != 0, fails, printed[-3000:])
        return printed

    def check_page(self, path, codes):
        self.assertEqual(blocks_of(path), codes)
        ids = [id for id in ids_of(path) if id.startswith("__tabbed")]
        self.assertEqual(len(ids), len(codes))
        self.assertEqual(len(ids), len(set(ids)))

    def configure_mkdocs(self, settings=""):
        text = MKDOCS.format(targets=", ".join(TARGETS), settings=settings)
        (self.root / "mkdocs.yml").write_text(text)

    def test_mkdocs(self):
        codes = self.write_all()
        self.configure_mkdocs()
        self.run_tool("mkdocs", "build", "--quiet")
        self.check_page(self.root / "site/index.html", codes)
        shown = [path for path in has_canary(self.root / "site") if path.name != "canary.txt"]
        self.assertEqual(shown, [])

    def test_mkdocs_is_strict(self):
        self.configure_mkdocs()
        page = "# Page\n\n```http requote=fetch\nGET / HTTP/1.1\nHost: h.example\nCookie: a=1\n```\n"
        (self.docs / "index.md").write_text(page)
        self.assertIn("6:1: warning[header-forbidden]", self.run_tool("mkdocs", "build", "--strict", fails=True))
        (self.docs / "index.md").write_text(page.replace("fetch", "curl"))
        self.run_tool("mkdocs", "build", "--strict")

    @unittest.skipUnless(importlib.util.find_spec("zensical"), "zensical is not installed")
    def test_zensical(self):
        codes = self.write_all()
        targets = ", ".join(f'"{target}"' for target in TARGETS)
        (self.root / "zensical.toml").write_text(ZENSICAL.format(targets=targets))
        self.run_tool("zensical", "build")
        self.check_page(self.root / "site/index.html", codes)
        shown = [path for path in has_canary(self.root / "site") if path.name != "canary.txt"]
        self.assertEqual(shown, [])


if __name__ == "__main__":
    unittest.main()
