"""Real builds of Sphinx: what a reader copies is the snippet, diagnostics are warnings, builds are incremental.

python -m unittest discover crates/python/tests -p test_sphinx.py
"""

import re
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

from pages import CANARY, TARGETS, all_requests, blocks_of, expected_codes, has_canary

CONF = """
project = "requests"
version = release = "1"
copyright = "nobody"
html_copy_source = False
epub_show_urls = "no"
source_suffix = {{".rst": "restructuredtext", ".md": "markdown"}}
extensions = ["requote.sphinx", "myst_parser"{extensions}]
requote_targets = {targets}
requote_attachments = "carry"
{settings}
"""


class Building(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source = Path(folder.name, "source")
        self.source.mkdir()
        (self.source / "canary.txt").write_text(CANARY)

    def configure(self, *extensions, settings=""):
        names = "".join(f', "{name}"' for name in extensions)
        text = CONF.format(extensions=names, targets=TARGETS, settings=settings)
        (self.source / "conf.py").write_text(text)

    def write(self, name, text):
        (self.source / name).write_text(textwrap.dedent(text))

    def build(self, builder="html", *arguments, fails=False):
        """Builds strictly in two processes; what Sphinx prints, and where the pages are."""
        output = self.source.parent / builder
        options = ["-n", "-W", "--keep-going", "-j2", "-b", builder, "-d", self.source.parent / "doctrees"]
        command = [sys.executable, "-m", "sphinx", *options, *arguments, self.source, output]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        printed = done.stdout + re.sub(r"\x1b\[[0-9;]*m", "", done.stderr)
        self.assertEqual(done.returncode != 0, fails, printed)
        return printed, output

    def write_all(self):
        """A page of each format with all requests; the codes of each, in order."""
        rst, md = ["Requests", "========", ""], ["# Requests", ""]
        codes = []
        for name, message in all_requests().items():
            (self.source / f"{name}.http").write_bytes(message)
            rst += [f".. requote::\n   :file: {name}.http\n   :from: message\n"]
            md += [f"- {name}\n\n  ```{{requote}}\n  :file: {name}.http\n  :from: message\n  ```\n"]
            codes += expected_codes(message)
        self.write("index.rst", ".. toctree::\n\n   page\n   other\n\nAll\n===\n")
        (self.source / "page.rst").write_text("\n".join(rst))
        (self.source / "other.md").write_text("\n".join(md))
        return codes

    def test_what_a_reader_copies_is_the_snippet(self):
        codes = self.write_all()
        self.assertGreater(len(codes), 250)
        quiet = 'suppress_warnings = ["requote"]'
        for extensions, mark in (
            (["sphinx_design"], 'class="sd-tab-label"'),
            (["sphinx_inline_tabs"], 'class="tab-label"'),
            ([], 'class="requote-label rubric"'),
        ):
            with self.subTest(extensions=extensions):
                self.configure(*extensions, settings=quiet)
                _, output = self.build("html", "-E")
                for page in ("page.html", "other.html"):
                    self.assertEqual(blocks_of(output / page), codes)
                    self.assertGreaterEqual((output / page).read_text().count(mark), len(codes))
                self.assertEqual(has_canary(output), [])

    def test_builders_without_tabs_show_titled_blocks(self):
        codes = self.write_all()
        self.configure("sphinx_design", settings='suppress_warnings = ["requote"]')
        _, output = self.build("text")
        for page in ("page.txt", "other.txt"):
            text = (output / page).read_text()
            self.assertGreaterEqual(text.count("-[ curl ]-"), 26)
            at = 0
            for code in codes:
                indent = "     " if page == "other.txt" else "   "
                # A line of spaces alone is empty in a file of text.
                lines = [(indent + line).rstrip() for line in code.split("\n")]
                found = "\n".join(line.rstrip() for line in text[at:].split("\n")).find("\n".join(lines))
                self.assertGreaterEqual(found, 0, code)
        self.assertEqual(has_canary(output), [])
        _, output = self.build("latex")
        (tex,) = [path for path in output.glob("*.tex")]
        self.assertGreaterEqual(tex.read_text().count("\\begin{sphinxVerbatim}"), 2 * len(codes))
        self.assertEqual(has_canary(output), [])
        _, output = self.build("epub")
        self.assertEqual(blocks_of(output / "page.xhtml"), codes)

    def test_a_difference_is_a_warning_at_its_line(self):
        self.configure("sphinx_design")
        self.write(
            "index.rst",
            """\
            Page
            ====

            .. toctree::

               other

            Text.

            .. requote:: curl, fetch
               :body: exact

               GET / HTTP/1.1
               Host: h.example
               Cookie: a=1

            .. requote:: curl
               :file: file.http
            """,
        )
        self.write("other.md", "# Page\n\n- in a list\n\n  ```{requote} fetch\n  :body: exact\n\n"
                   "  GET / HTTP/1.1\n  Host: h.example\n  Cookie: a=1\n  ```\n")  # fmt: skip
        self.write("file.http", "GET / HTTP/1.1\nHost : h.example\n")
        printed, output = self.build(fails=True)
        for place, code in (
            ("index.rst:15", "header-forbidden"),
            ("other.md:10", "header-forbidden"),
            ("file.http:2", "field-name-space"),
        ):
            self.assertRegex(printed, rf"{re.escape(place)}: WARNING: .*\[requote\.{code}\]")
        self.assertEqual(printed.count("WARNING"), 3, printed)
        self.configure("sphinx_design", settings='suppress_warnings = ["requote.header-forbidden"]')
        self.write("file.http", "GET / HTTP/1.1\nHost: h.example\n")
        self.build()

    def test_what_cannot_be_shown_is_a_warning(self):
        self.configure()
        for options, code in (
            (":file: none.http", "input-unreadable"),
            (":file: get.http\n   :response: none.http", "input-unreadable"),
            (":file: get.http\n   :response:", "docs-response"),
            (":file: bytes.http\n   :attachments: refuse", "docs-attachment"),
        ):
            self.write("get.http", "GET / HTTP/1.1\nHost: h.example\n")
            body = bytes(range(256))
            head = (
                b"PUT / HTTP/1.1\r\nHost: h.example\r\nIf-Match: *\r\nContent-Type: a/b\r\nContent-Length: 256\r\n\r\n"
            )
            (self.source / "bytes.http").write_bytes(head + body)
            (self.source / "index.rst").write_text(f"Page\n====\n\n.. requote:: curl\n   {options}\n")
            with self.subTest(options=options):
                printed, _ = self.build(fails=True)
                self.assertRegex(printed, rf"index\.rst:4: WARNING: .*\[requote\.{code}\]")
        for directive in (".. requote:: crul\n   :file: get.http\n", ".. requote:: curl\n",
                          ".. requote:: curl\n   :body: none\n   :file: get.http\n"):  # fmt: skip
            (self.source / "index.rst").write_text(f"Page\n====\n\n{directive}")
            with self.subTest(directive=directive):
                self.assertIn("index.rst:4: ", self.build(fails=True)[0])

    def test_a_page_is_built_again_where_its_request_changed(self):
        self.configure("sphinx_design")
        self.write("index.rst", ".. toctree::\n\n   page\n   other\n\nAll\n===\n")
        self.write("page.rst", "Page\n====\n\n.. requote:: curl\n   :file: get.http\n")
        self.write("other.rst", "Other\n=====\n")
        self.write("get.http", "GET /before HTTP/1.1\nHost: h.example\n")
        self.build()
        self.assertIn("0 added, 0 changed", self.build()[0])
        self.write("get.http", "GET /after HTTP/1.1\nHost: h.example\n")
        printed, output = self.build()
        self.assertIn("0 added, 1 changed", printed)
        self.assertEqual(blocks_of(output / "page.html"), ["curl 'https://h.example/after'\n"])

    def test_options_of_the_page_and_of_the_configuration(self):
        self.configure(settings='requote_secrets = "env"\nrequote_options = {"timeout": 9}')
        self.write(
            "index.rst",
            """\
            Page
            ====

            .. requote:: python
               :scheme: http
               :option: fragment=yes
               :class: mine
               :name: here
               :response:

               GET / HTTP/1.1
               Host: localhost
               Authorization: Bearer s3cr3t-token

               HTTP/1.1 200 OK
               Content-Type: text/plain

               all is well

            See :ref:`it <here>`.
            """,
        )
        _, output = self.build()
        code, response = blocks_of(output / "index.html")
        self.assertIn('url = "http://localhost/"', code)
        self.assertIn("timeout=9", code)
        self.assertNotIn("s3cr3t", (output / "index.html").read_text())
        self.assertEqual(response, "HTTP/1.1 200 OK\nContent-Type: text/plain\n\nall is well\n")

    def test_the_directive_of_httpexample(self):
        for extensions in ([], ["sphinxcontrib.httpdomain"]):
            with self.subTest(extensions=extensions):
                self.configure("sphinx_design", *extensions, settings="requote_replace_httpexample = True")
                self.write(
                    "index.rst",
                    """\
                    Page
                    ====

                    .. http:example:: curl wget httpie python-requests

                       GET /front-page HTTP/1.1
                       Host: h.example
                       Accept: application/json


                       HTTP/1.1 200 OK
                       Content-Type: application/json

                       {"id": "front-page"}
                    """,
                )
                _, output = self.build("html", "-E")
                blocks = blocks_of(output / "index.html")
                self.assertEqual(len(blocks), 6)
                self.assertTrue(blocks[0].startswith("GET /front-page HTTP/1.1\n"), blocks[0])
                self.assertTrue(blocks[1].startswith("curl "), blocks[1])
                self.assertTrue(blocks[5].startswith("HTTP/1.1 200 OK\n"), blocks[5])


if __name__ == "__main__":
    unittest.main()
