#!/usr/bin/env python3
"""Formats pages with Prettier and mdformat, and holds them against what `requote docs` writes.

    tests/builds/formatted.py REQUOTE [--all] [--keep DIR] [STYLE...]

For each style of Markdown and MDX there are pages with regions for requests of `tests/core.txt` and of `hostile.py`,
some within lists and quotes. requote writes them, a formatter goes over them, and `requote docs --check` must find
nothing to do, in as many regions as before. Each style has a few of the requests, others for each; `--all`
gives it all of them. The exit status is 1 where a page changes.

`prettier` and `mdformat` are those of the path, or of PRETTIER and MDFORMAT.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import hostile

ROOT = Path(__file__).parents[2]
PER_PAGE = 20
SAMPLE = 30
TARGETS = "curl,python,fetch,node/axios,go,ruby,rust,lua"
# Within a list or a quote Prettier lays JavaScript out for a narrower page.
NESTED = "curl,python,go,ruby,rust,lua"


@dataclass(frozen=True)
class Formatter:
    """A program that formats pages in place, and what it is for."""

    name: str
    command: list
    extensions: tuple
    #: The styles; all others where it is empty.
    styles: tuple = ()

    def is_for(self, page):
        style = page.stem.rsplit("-", 1)[0]
        return page.suffix in self.extensions and (style in self.styles if self.styles else style not in OWN)

    def run(self, folder, pages):
        done = subprocess.run([*self.command, *pages], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{self.name} fails:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


PRETTIER = [os.environ.get("PRETTIER", "prettier"), "--write", "--log-level=warn", "--no-config"]
OPTIONS = ["--prose-wrap=always", "--embedded-language-formatting=off", "--single-quote", "--no-semi"]
MDFORMAT = [os.environ.get("MDFORMAT", "mdformat"), "--no-codeformatters"]
# The styles whose text mdformat reads with a plug-in of their own.
OWN = ("mkdocs", "myst")


def formatters():
    everything = tuple(name for name, _ in styles())
    yield Formatter("prettier", PRETTIER, (".md", ".mdx"), everything)
    yield Formatter("prettier with options", [*PRETTIER, *OPTIONS], (".md", ".mdx"), everything)
    yield Formatter("mdformat", [*MDFORMAT, "--extensions=gfm"], (".md",))
    for style in OWN:
        yield Formatter(f"mdformat for {style}", [*MDFORMAT, f"--extensions={style}"], (".md",), (style,))


def styles():
    """(name, extension) of each style of Markdown and MDX."""
    for path in sorted((ROOT / "styles").glob("*/style.toml")):
        formats = re.search(r"^formats = \[(.*)\]", path.read_text(), re.M)[1]
        for name, extension in (("markdown", "md"), ("mdx", "mdx")):
            if f'"{name}"' in formats:
                yield path.parent.name, extension


def write_requests(folder):
    """Writes the requests; their names."""
    folder.mkdir(parents=True)
    names = (ROOT / "tests/core.txt").read_text().split()
    for name in names:
        shutil.copyfile(ROOT / f"tests/requests/{name}.http", folder / f"{name}.http")
    for name, message in hostile.messages():
        (folder / f"{name}.http").write_bytes(message)
        names.append(name)
    return names


def write_pages(folder, names, style, extension):
    """The pages of a style."""
    marker = "{{/* {} */}}" if extension == "mdx" else "<!-- {} -->"
    for at in range(0, len(names), PER_PAGE):
        lines = ["# Page", ""]
        for number, name in enumerate(names[at : at + PER_PAGE]):
            targets = NESTED if number % 5 > 2 else TARGETS
            begin = marker.format(f"requote:begin file=requests/{name}.http style={style} targets={targets}")
            lines += [f"## {name}", "", "Text.", ""]
            region = [begin, "", marker.format("requote:end"), ""]
            if number % 5 == 3:
                region = ["- An item:", "", *(f"  {line}".rstrip() for line in region)]
            elif number % 5 == 4 and extension == "md":
                region = [*(f"> {line}".rstrip() for line in region[:-1]), ""]
            lines += region
        (folder / f"{style}-{at // PER_PAGE:03}.{extension}").write_text("\n".join(lines))


def docs(requote, folder, *args):
    done = subprocess.run([requote, "docs", "--quiet", *args], cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"requote docs: {done.stderr[-2000:]}")
    return done.stdout


def regions(requote, folder):
    """What there is to say of each region; of a page that is not read there is a line too."""
    for line in docs(requote, folder, "--check", "--json").splitlines():
        region = json.loads(line)
        told = list(region["diagnostics"])
        told += [it for quoted in region["targets"] for it in quoted["diagnostics"]]
        errors = [(it["code"], it["message"]) for it in told if it["severity"] == "error"]
        yield Path(region["file"]).name, region["source"], errors


def prove(requote, folder, formatter, before):
    """The number of regions of a formatter, and what is wrong."""
    pages = [page for page in sorted(folder.glob("*.md*")) if formatter.is_for(page)]
    copy = folder.parent / formatter.name.replace(" ", "-")
    copy.mkdir()
    shutil.copytree(folder / "requests", copy / "requests")
    for page in pages:
        shutil.copyfile(page, copy / page.name)
    formatter.run(copy, [page.name for page in pages])
    faults = docs(requote, copy, "--check").split("\n--- ")
    faults = [fault for fault in faults if fault.strip()]
    # A formatter that breaks a page leaves nothing to compare.
    names = {page.name for page in pages}
    before = [region for region in before if region[0] in names]
    after = list(regions(requote, copy))
    faults += [f"{was} is now {now}" for was, now in zip(before, after) if was != now]
    if len(before) != len(after):
        faults.append(f"{len(before)} regions are now {len(after)}")
    return len(before), faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("requote", type=lambda text: Path(text).resolve())
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("styles", nargs="*")
    args = parser.parse_args()
    has_failed = False
    with tempfile.TemporaryDirectory() as temporary:
        folder = (args.keep or Path(temporary)) / "written"
        names = write_requests(folder / "requests")
        count = 0
        for at, (style, extension) in enumerate(styles()):
            if not args.styles or style in args.styles:
                some = names if args.all else names[at % SAMPLE :: SAMPLE]
                write_pages(folder, some, style, extension)
                count += len(some)
        docs(args.requote, folder)
        before = list(regions(args.requote, folder))
        if len(before) != count:
            sys.exit(f"docs: {count} regions were asked for, and {len(before)} found")
        for formatter in formatters():
            count, faults = prove(args.requote, folder, formatter, before)
            print(f"docs: {formatter.name}: {count} regions, {len(faults)} faults", flush=True)
            for fault in faults[:6]:
                print("\n".join(f"  {line[:200]}" for line in fault.splitlines()[:16]))
            has_failed = has_failed or bool(faults) or (count == 0 and not args.styles)
    sys.exit(has_failed)


if __name__ == "__main__":
    main()
