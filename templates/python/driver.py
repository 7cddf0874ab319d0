"""Runs each snippet of a list in a process of its own, which this one forks with the imports done.

    python3 driver.py LIST

LIST has a line for each snippet: folder, file and two more fields, with tabs between. Beside each snippet
the files `exit`, `stdout` and `stderr` are left.
"""

import importlib
import os
import re
import runpy
import signal
import sys

LIMIT = 15


def import_all(paths):
    names = set()
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as file:
            names.update(re.findall(r"^(?:import|from) ([\w.]+)", file.read(), re.MULTILINE))
    for name in sorted(names):
        try:
            importlib.import_module(name)
        except ImportError:
            pass  # The snippet that needs it says so.


def begin(folder):
    """Makes this process that of a snippet."""
    os.chdir(folder)
    for number, name in ((1, "stdout"), (2, "stderr")):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
        os.close(file)


def wait(child):
    def stop(*_):
        os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.alarm(0)
    return status


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        snippets = [line.split("\t")[:2] for line in file]
    import_all(os.path.join(*snippet) for snippet in snippets)
    for folder, name in snippets:
        child = os.fork()
        if child == 0:
            begin(folder)
            sys.argv = [name]
            sys.path[0] = folder
            runpy.run_path(name, run_name="__main__")
            return
        status = wait(child)
        with open(os.path.join(folder, "exit"), "w", encoding="utf-8") as file:
            file.write(str(status))


main()
