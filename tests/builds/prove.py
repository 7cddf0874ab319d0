#!/usr/bin/env python3
"""Builds pages with documentation tools, and holds what a reader copies out of the HTML against the
snippets.

    tests/builds/prove.py REQUOTE [--all | --small] [--keep DIR] [TOOL...]

The requests are those of `tests/requests` and `hostile.py`. For each there is a region on a page, with tabs
for each target. A tool that is not quick gets the core of the requests and some targets, or everything with
`--all`; `--small` gives two pages of a few plain requests, to look at. The exit status is 1 where a block is not its snippet byte for byte, where a snippet is missing, or
where the text of a file beside the page is in it.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

import copied
import hostile
from tools import TOOLS

ROOT = Path(__file__).parents[2]
PER_PAGE = 20
# Those whose literals have lines of the request as they are, or whose code has tabs.
SOME = "shell/curl python/requests go/net-http javascript/fetch ruby/net-http lua/luasocket nim/http-client".split()
MODES = ["auto", "exact"]
# No code: its line ends, and a blank line at its end, are not those of a page.
MESSAGE = "http/message"
# Characters of Base64: 32 KiB.
MAX_CARRIED = 43692
# What `--small` shows.
SMALL = ["put-json-seed", "get-query-special", "post-form-dup", "get-plain", "put-binary-png"]
SMALL_TARGETS = "shell/curl python/requests javascript/fetch go/net-http rust/reqwest".split()


def run(requote, *args, cwd=None):
    done = subprocess.run([requote, *args], cwd=cwd, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"requote {' '.join(map(str, args[:2]))}: {done.stderr[-2000:]}")
    return done


def made(name, encoded):
    """The command that makes a file."""
    return "\n".join([f"base64 --decode > {name} <<'END'", *textwrap.wrap(encoded, 76), "END", ""])


class Snippets:
    """The code of each request, target and mode of bodies."""

    def __init__(self, requote, folder):
        self.names = [path.stem for path in sorted((ROOT / "tests/requests").glob("*.http"))]
        for name in self.names:
            shutil.copyfile(ROOT / f"tests/requests/{name}.http", folder / f"{name}.http")
        for name, message in hostile.messages():
            self.names.append(name)
            (folder / f"{name}.http").write_bytes(message)
        self.code = {}
        self.files = {}
        self.targets = []
        for mode in MODES:
            files = [f"{name}.http" for name in self.names]
            done = run(requote, "to", "all", "--json", "--body", mode, *files, cwd=folder)
            for line in done.stdout.split("\n")[:-1]:
                self.add(json.loads(line), mode)

    def add(self, record, mode):
        target, name = record["target"], Path(record["file"]).stem
        if target == MESSAGE:
            return
        if target is None:
            raise RuntimeError(f"{name} is refused")
        if target not in self.targets:
            self.targets.append(target)
        files = {file["name"]: file["base64"] for file in record["attachments"]}
        is_shown = record["code"] is not None and max(map(len, files.values()), default=0) <= MAX_CARRIED
        self.code[name, target, mode] = record["code"] if is_shown else None
        self.files[name, target, mode] = files

    def shown(self, name, mode, targets):
        """The targets that have code for a request, and code whose files a page can carry."""
        shown, files = [], {}
        for target in targets:
            own = self.files.get((name, target, mode), {})
            if self.code[name, target, mode] is not None and all(files.get(it, own[it]) == own[it] for it in own):
                shown.append(target)
                files.update(own)
        return shown

    def blocks(self, name, mode, targets):
        """What a reader finds: the code of each target, and the command that makes each file that they read."""
        files = {}
        for target in targets:
            files.update(self.files[name, target, mode])
        return [self.code[name, target, mode] for target in targets] + [made(*file) for file in files.items()]


@dataclass(frozen=True)
class Extent:
    """How much is built."""

    cases: list
    targets: list
    per_page: int = PER_PAGE

    @staticmethod
    def of(tool, snippets, amount):
        if amount == "small":
            return Extent([(at, name, "auto") for at, name in enumerate(SMALL)], SMALL_TARGETS, 2)
        core = set((ROOT / "tests/core.txt").read_text().split())
        is_whole = amount == "all" or tool.is_quick
        names = [name for name in snippets.names
                 if is_whole or name in core or name.startswith("hostile-")]
        targets = snippets.targets if is_whole else SOME
        cases = [(at, name, MODES[at % 2]) for at, name in enumerate(names)]
        return Extent([case for case in cases if snippets.shown(*case[1:], targets)], targets)


def write_pages(tool, project, snippets, extent):
    """The pages with a region for each case; the number of pages."""
    cases = extent.cases
    pages = [cases[at : at + extent.per_page] for at in range(0, len(cases), extent.per_page)]
    for number, page in enumerate(pages):
        lines = [tool.head.format(number)]
        for case, name, mode in page:
            targets = ",".join(snippets.shown(name, mode, extent.targets))
            words = f"file=requests/{name}.http body={mode} attachments=carry"
            lines += [tool.format.heading.format(f"case {case}"), "", "Text.", ""]
            if tool.is_live:
                lines += [f'```http requote="{targets}" {words}', "```", ""]
            else:
                begin = f"requote:begin {words} targets={targets}"
                lines += [tool.format.marker.format(begin), "", tool.format.marker.format("requote:end"), ""]
        path = project / tool.pages / f"page-{number}.{tool.format.extension}"
        path.write_text("\n".join(lines))
    tool.list_pages(project, len(pages))
    return len(pages)


def write_snippets(requote, tool, project):
    """Lets requote write the regions; what is wrong, and each request and target that is refused."""
    faults, refused = [], set()
    # From the project's folder: its files tell which tool it is for.
    pages = [path.relative_to(project) for path in sorted((project / tool.pages).glob("page-*"))]
    done = run(requote, "docs", "--json", *pages, cwd=project)
    for line in done.stdout.split("\n")[:-1]:
        region = json.loads(line)
        told = [(None, diagnostic) for diagnostic in region["diagnostics"]]
        for quoted in region["targets"]:
            told += [(quoted["target"], diagnostic) for diagnostic in quoted["diagnostics"]]
        for target, diagnostic in told:
            if diagnostic["code"] == "docs-directive" and tool.may_refuse:
                refused.add((Path(region["source"]).stem, target))
            elif diagnostic["severity"] == "error":
                faults.append(f"{region['file']}:{region['line']}: {diagnostic['message']}")
    again = run(requote, "docs", "--check", *pages, cwd=project)
    if again.stdout.strip():
        faults.append(f"a second run would change something: {again.stdout[:400]}")
    return faults, refused


def compare(case, name, wanted, blocks, may_reorder):
    """What is wrong with the blocks of a section."""
    pairs = list(zip(wanted, blocks))
    if may_reorder and sorted(map(copied.shown, wanted)) == sorted(map(copied.seen, blocks)):
        return []
    faults = [f"case {case} ({name}): {code!r} is seen as {block!r}" for code, block in pairs
              if copied.shown(code) != copied.seen(block)][:1]
    if len(wanted) != len(blocks):
        faults.append(f"case {case} ({name}): {len(wanted)} snippets, {len(blocks)} blocks")
    return faults


def prove(requote, tool, snippets, requests, project, extent):
    """Builds with one tool; what is wrong, and the numbers of blocks and of refusals."""
    tool.prepare(project)
    shutil.copytree(requests, project / tool.pages / "requests")
    count = write_pages(tool, project, snippets, extent)
    faults, refused = ([], set()) if tool.is_live else write_snippets(requote, tool, project)
    for folder in [project, *(path for path in project.rglob("*") if path.is_dir())]:
        if "node_modules" not in folder.parts:
            (folder / hostile.CANARY_FILE).write_text(hostile.CANARY + "\n")
    tool.run(project)
    sections = {}
    for number in range(count):
        found, text = copied.read(tool.read_page(project, number))
        sections.update(found)
        if hostile.CANARY in text:
            faults.append(f"page {number} has the text of a file beside it")
    blocks = 0
    for case, name, mode in extent.cases:
        shown = [target for target in snippets.shown(name, mode, extent.targets) if (name, target) not in refused]
        wanted = snippets.blocks(name, mode, shown)
        blocks += len(wanted)
        faults += compare(case, name, wanted, sections.get(case, []), tool.has_blocks_behind)
    return faults, blocks, len(refused)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("requote", type=lambda text: Path(text).resolve())
    parser.add_argument("--all", action="store_const", const="all", dest="amount")
    parser.add_argument("--small", action="store_const", const="small", dest="amount")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("tools", nargs="*", metavar="TOOL")
    args = parser.parse_args()
    known = {tool.name: tool for tool in TOOLS}
    usual = [tool for tool in TOOLS if args.amount == "all" or not tool.is_extra]
    chosen = [known[name] for name in args.tools] or usual
    for tool in chosen:
        for program in tool.needs:
            if shutil.which(program) is None:
                sys.exit(f"docs: {program} is not installed, and {tool.name} needs it")
    has_failed = False
    with tempfile.TemporaryDirectory() as temporary:
        work = args.keep or Path(temporary)
        requests = work / "requests"
        requests.mkdir(parents=True, exist_ok=True)
        snippets = Snippets(args.requote, requests)
        for tool in chosen:
            begin = time.monotonic()
            extent = Extent.of(tool, snippets, args.amount)
            faults, blocks, refused = prove(args.requote, tool, snippets, requests, work / tool.name, extent)
            seconds = time.monotonic() - begin
            print(f"docs: {tool.name}: {blocks} blocks, {refused} refused, {len(faults)} faults ({seconds:.0f} s)", flush=True)
            for fault in faults[:20]:
                print(f"  {fault[:600]}")
            has_failed = has_failed or bool(faults) or blocks == 0
    sys.exit(has_failed)


if __name__ == "__main__":
    main()
