"""The module as its users meet it, and the examples of its docstrings.

python -m unittest discover crates/python/tests
"""

import doctest
import inspect
import json
import pickle
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import requote

PUT = (
    b"PUT /orders/7 HTTP/1.1\r\nHost: api.example.org\r\nAuthorization: Bearer s3cr3t-token\r\n"
    b'Content-Type: application/json\r\nContent-Length: 15\r\n\r\n{ "quantity":2}'
)


class Quoting(unittest.TestCase):
    def test_a_snippet_has_code_and_says_what_it_is(self):
        snippet = requote.quote(PUT, "js/fetch")
        self.assertIn("await fetch(", snippet.code)
        self.assertEqual(str(snippet), snippet.code)
        self.assertEqual(snippet.target, "javascript/fetch")
        self.assertEqual((snippet.language, snippet.highlight), ("javascript", "javascript"))
        self.assertEqual((snippet.label, snippet.extension), ("JavaScript", "mjs"))
        self.assertTrue(snippet.docs.startswith("https://"))
        self.assertIn("fetch", snippet.title)
        self.assertIn("user-agent", snippet.adds)
        self.assertIsNone(snippet.install)
        self.assertEqual(requote.quote(PUT, "python").install, "pip install requests")

    def test_what_differs_is_a_diagnostic(self):
        snippet = requote.quote("GET / HTTP/1.1\nHost: h.example\nCookie: a=1\n\n", "fetch")
        self.assertEqual(snippet.outcome, "lossy")
        (told,) = [one for one in snippet.diagnostics if one.severity == "warning"]
        self.assertEqual((told.code, told.affects), ("header-forbidden", ["header:cookie"]))
        self.assertEqual((told.line, told.column, told.span), (3, 1, (31, 37)))
        self.assertTrue(str(told).startswith("3:1: warning[header-forbidden]: "))

    def test_where_there_is_no_code_it_is_none(self):
        snippet = requote.quote("TRACE / HTTP/1.1\nHost: h.example\n\n", "fetch")
        self.assertEqual((snippet.outcome, snippet.code, str(snippet)), ("unsupported", None, ""))

    def test_every_kind_of_bytes_is_read(self):
        whole = requote.quote(PUT, "python").to_json()
        for message in (bytearray(PUT), memoryview(PUT), memoryview(b"x" + PUT)[1:], PUT.decode()):
            self.assertEqual(requote.quote(message, "python").to_json(), whole)
        for message in (None, 7, [PUT]):
            with self.assertRaises(TypeError):
                requote.quote(message, "python")
        with self.assertRaises(UnicodeEncodeError):
            requote.quote("\ud800", "python")

    def test_a_file_that_the_code_reads_is_an_attachment(self):
        body = bytes(range(256))
        message = b"POST / HTTP/1.1\r\nHost: h.example\r\nContent-Length: 256\r\n\r\n" + body
        (file,) = requote.quote(message, "curl").attachments
        self.assertEqual(file.content, body)
        self.assertIn(file.name, requote.quote(message, "curl").code)

    def test_the_options_are_those_of_the_program(self):
        options = {"timeout": 2.5, "fragment": True, "var": {"ORDER": "orders/7"}}
        code = requote.quote(PUT, "python", options=options).code
        self.assertIn("timeout=2.5", code)
        self.assertIn('ORDER = "orders/7"', code)
        self.assertNotIn("import requests", code)
        self.assertIn("http://", requote.quote(PUT, "python", scheme="http").code)
        self.assertIn("data = ", requote.quote(PUT, "python", body="exact").code)
        for wrong in (
            {"body": "some"},
            {"scheme": "ftp"},
            {"secrets": "hide"},
            {"from_": "telnet"},
            {"options": {"timeout": "soon"}},
            {"environment": {"lower": "x"}},
        ):
            with self.assertRaises(ValueError, msg=wrong):
                requote.quote(PUT, "python", **wrong)

    def test_secrets_can_be_read_from_the_environment(self):
        snippet = requote.quote(PUT, "python", secrets="env")
        self.assertEqual(len(snippet.environment), 1)
        self.assertIn(snippet.environment[0], snippet.code)
        self.assertNotIn("s3cr3t", snippet.code + snippet.to_json())
        named = requote.quote(PUT, "python", environment={"ORDER": "orders/7"})
        self.assertEqual(named.environment, ["ORDER"])

    def test_a_request_of_several_is_chosen(self):
        two = "GET https://h.example/a\n\n###\nDELETE https://h.example/b\n"
        with self.assertRaises(requote.MessageError) as caught:
            requote.quote(two, "curl")
        self.assertEqual(caught.exception.diagnostics[0].code, "several-requests")
        for request in (2, "2", "h.example/b"):
            self.assertIn("DELETE", requote.quote(two, "curl", request=request).code)
        self.assertEqual(json.loads(requote.quote(two, "curl", request=2).to_json())["request"], "2")

    def test_variables_hosts_and_files_are_given(self):
        page = "POST https://{{host}}/a\n\n< ./body.json\n"
        given = {"variables": {"host": "h.example"}, "files": {"./body.json": b'{"a": 1}'}}
        self.assertIn("https://h.example/a", requote.quote(page, "curl", **given).code)
        self.assertIn('"a"', requote.quote(page, "curl", **given).code)
        self.assertIn("h2.example", requote.quote("GET /a HTTP/1.1\n\n", "curl", host="h2.example").code)


class Failing(unittest.TestCase):
    def test_an_error_is_a_value_error_with_its_picture(self):
        with self.assertRaises(ValueError) as caught:
            requote.quote("GET / HTTP/1.1\nHost: a\nHost: b\n\n", "curl")
        error = caught.exception
        self.assertIsInstance(error, requote.MessageError)
        self.assertIn(" --> <message>:3:1\n", str(error))
        self.assertIn("3 | Host: b", str(error))
        self.assertEqual(error.diagnostics[0].line, 3)
        record = json.loads(error.to_json())
        self.assertEqual((record["target"], record["code"]), (None, None))
        self.assertEqual(record["diagnostics"][0]["code"], error.diagnostics[0].code)

    def test_an_error_passes_between_processes(self):
        for message, target in (("GET / HTTP/1.1\n: v\n\n", "curl"), (PUT, "cobol")):
            with self.assertRaises(requote.Error) as caught:
                requote.quote(message, target)
            copy = pickle.loads(pickle.dumps(caught.exception))
            self.assertEqual((type(copy), str(copy)), (type(caught.exception), str(caught.exception)))
            self.assertEqual(copy.diagnostics, caught.exception.diagnostics)

    def test_a_target_that_is_not_there_suggests_one(self):
        with self.assertRaisesRegex(requote.UnknownTarget, "did you mean `python`"):
            requote.quote(PUT, "pyhton")

    def test_checking_tells_what_is_odd_and_why_nothing_is_read(self):
        found = requote.check("GET /100%/a HTTP/1.1\nHost: h.example\n\n")
        self.assertIn("target-percent", [one.code for one in found])
        (only,) = requote.check("GET / HTTP/1.1\nHost: h\n: v\n\n")
        self.assertEqual((only.severity, only.code, only.line), ("error", "field-name-empty", 3))


class Expanding(unittest.TestCase):
    FENCE = '# Page\n\n```http requote="curl, python" file=get.http\n```\n\nText.\n'
    GET = b"GET / HTTP/1.1\nHost: h.example\nCookie: a=1\n"

    def test_a_page_gets_its_snippets(self):
        for files in ({"get.http": self.GET}, {"get.http": self.GET}.__getitem__):
            text, told = requote.expand(self.FENCE, "markdown", "mkdocs", files=files)
            self.assertTrue(text.startswith("# Page\n\n") and text.endswith("\n\nText.\n"))
            self.assertIn('=== "curl"', text)
            self.assertIn('=== "Python"', text)
            self.assertEqual([one for one in told if one.severity != "note"], [])
        marked = "```http\nGET / HTTP/1.1\nHost: h\n```\n\n<!-- requote:begin -->\n\nold\n\n<!-- requote:end -->\n"
        page = requote.expand(marked, style="plain", mode="update", targets=["curl"], options={"timeout": 9})
        self.assertIn("--max-time 9", page.text)
        self.assertNotIn("old", requote.expand(marked, style="plain", mode="clean").text)

    def test_what_is_wrong_is_told_with_its_place(self):
        def refuse(name):
            raise OSError(2, "no such file")

        for files, reason in ((None, "no `files` are given"), ({}, "not in `files`"), (refuse, "no such file")):
            page = requote.expand(self.FENCE, files=files)
            (told,) = page.diagnostics
            self.assertEqual((told.severity, told.line), ("error", 3))
            self.assertIn(reason, told.message)
            self.assertEqual(page.text, self.FENCE)
        for wrong in ({"format": "word"}, {"style": "none"}, {"mode": "some"}, {"body": "x"}):
            with self.assertRaises(ValueError, msg=wrong):
                requote.expand("", **wrong)
        with self.assertRaises(TypeError):
            requote.expand("", files=7)


class OwnTemplates(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        language = Path(self.folder.name, "python")
        language.mkdir()
        (language / "README.md").write_text("for authors")
        self.template = language / "requests.tera"

    def test_a_template_takes_the_place_of_the_built_in_one(self):
        built_in = Path(__file__).parents[3] / "templates/python/requests.tera"
        self.template.write_text("# of the house\n" + built_in.read_text())
        for templates in (
            self.folder.name,
            Path(self.folder.name),
            [self.folder.name],
            requote.Templates(self.folder.name),
        ):
            snippet = requote.quote(PUT, "python", templates=templates)
            self.assertTrue(snippet.code.startswith("# of the house\n"))
            self.assertEqual(snippet.title, "Python Requests")
        (own,) = [it for it in requote.targets(templates=self.folder.name) if it.id == "python/requests"]
        self.assertFalse(own.proven)

    def test_a_template_that_drops_something_is_an_error(self):
        self.template.write_text("requests.get()\n")
        with self.assertRaises(requote.TemplateError):
            requote.Templates(self.folder.name)
        with self.assertRaises(OSError):
            requote.Templates(self.folder.name + "/none")


class Sharing(unittest.TestCase):
    def test_threads_share_the_engine(self):
        expected = {id: requote.quote(PUT, id).to_json() for id in ("python", "curl", "go", "rust")}
        wrong = []

        def work(id):
            wrong.extend(id for _ in range(200) if requote.quote(PUT, id).to_json() != expected[id])

        threads = [threading.Thread(target=work, args=(id,)) for id in list(expected) * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_the_interpreter_runs_while_a_long_message_is_quoted(self):
        body = b"[" + b",".join(b'{"key": %d}' % number for number in range(100_000)) + b"]"
        head = b"POST / HTTP/1.1\r\nHost: h.example\r\nContent-Type: application/json\r\n"
        message = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
        turns, done = 0, threading.Event()

        def work():
            requote.quote(message, "javascript/fetch")
            done.set()

        thread = threading.Thread(target=work)
        interval = sys.getswitchinterval()
        # Without it a thread that holds the interpreter would be asked to give it up.
        sys.setswitchinterval(1000)
        try:
            thread.start()
            while not done.wait(0.001):
                turns += 1
        finally:
            sys.setswitchinterval(interval)
            thread.join()
        self.assertGreater(turns, 0)


def load_tests(loader, tests, pattern):
    finder = doctest.DocTestFinder()
    for name in requote.__all__:
        for test in finder.find(getattr(requote, name), f"requote.{name}"):
            tests.addTest(doctest.DocTestCase(test))
    return tests


class Documenting(unittest.TestCase):
    def test_every_public_name_has_a_docstring(self):
        for name in requote.__all__:
            self.assertTrue(inspect.getdoc(getattr(requote, name)), name)


if __name__ == "__main__":
    unittest.main()
