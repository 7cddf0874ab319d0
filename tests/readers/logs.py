#!/usr/bin/env python3
"""Runs clients that log what they send, and holds what arrives against what requote reads in the log.

    tests/readers/logs.py REQUOTE

The clients are the programs in `logs/`. The exit status is 1 where a request differs, or a client does not run.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from wire import ADDED, Server, compare, read, report

HERE = Path(__file__).parent / "logs"
JAVA = "/usr/share/java"
APACHE = ":".join(f"{JAVA}/{name}.jar" for name in ("httpclient", "httpcore", "commons-logging", "commons-codec"))
SIMPLE_LOG = "org.apache.commons.logging"

POM = """<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>logs</groupId>
  <artifactId>logs</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.squareup.okhttp3</groupId>
      <artifactId>logging-interceptor</artifactId>
      <version>5.3.2</version>
    </dependency>
    <dependency>
      <groupId>io.github.openfeign</groupId>
      <artifactId>feign-core</artifactId>
      <version>13.6</version>
    </dependency>
    <dependency>
      <groupId>org.glassfish.jersey.core</groupId>
      <artifactId>jersey-client</artifactId>
      <version>3.1.9</version>
    </dependency>
    <dependency>
      <groupId>org.glassfish.jersey.inject</groupId>
      <artifactId>jersey-hk2</artifactId>
      <version>3.1.9</version>
    </dependency>
    <dependency>
      <groupId>io.rest-assured</groupId>
      <artifactId>rest-assured</artifactId>
      <version>5.5.0</version>
    </dependency>
  </dependencies>
</project>
"""


def fetch_jars(folder):
    """The jars of the clients for Java."""
    (folder / "pom.xml").write_text(POM)
    copy = ["mvn", "--quiet", "--batch-mode", "dependency:copy-dependencies", "-DoutputDirectory=jars"]
    subprocess.run(copy, cwd=folder, check=True)
    return f"{folder}/jars/*"


def build_go(folder, source, *modules):
    """A client for Go, as a program."""
    folder.mkdir()
    (folder / "main.go").write_bytes((HERE / source).read_bytes())
    for command in (["mod", "init", "logs"], ["get", *modules], ["build", "-o", "client"]):
        subprocess.run(["go", *command], cwd=folder, check=True, stderr=subprocess.DEVNULL)
    return folder / "client"


def install_toolbelt(folder):
    """requests-toolbelt, as a folder of modules."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", folder, "requests-toolbelt==1.0.0", "requests"], check=True,
                   stderr=subprocess.DEVNULL)
    return folder


def main():
    requote = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        jars = ["java", "-cp", fetch_jars(work)]
        apache = ["java", "-cp", APACHE, f"-D{SIMPLE_LOG}.Log={SIMPLE_LOG}.impl.SimpleLog",
                  f"-D{SIMPLE_LOG}.simplelog.showdatetime=true"]
        shown = f"-D{SIMPLE_LOG}.simplelog.log.org.apache.http."
        program = build_go(work / "go", "dump.go", "github.com/henvic/httpretty@v0.1.4")
        kubernetes = build_go(work / "kubernetes", "kubernetes.go", "k8s.io/client-go/rest@v0.37.2",
                              "k8s.io/apimachinery@v0.37.2", "k8s.io/klog/v2@v2.140.0")
        modules = install_toolbelt(work / "modules")
        clients = {
            "python": [sys.executable, HERE / "python.py"],
            "ruby": ["ruby", HERE / "ruby.rb"],
            "wget": ["sh", HERE / "wget.sh"],
            "apache": [*apache, f"{shown}wire=debug", f"{shown}headers=debug", HERE / "Apache.java"],
            "okhttp": [*jars, HERE / "OkHttp.java"],
            "feign": [*jars, HERE / "Feign.java"],
            "jersey": [*jars, HERE / "Jersey.java"],
            "rest-assured": [*jars, HERE / "RestAssured.java"],
            "go": [program, "dump"],
            "go-lines": [program, "lines"],
            "httpretty": [program, "pretty"],
            "kubernetes": [kubernetes, "8"],
            "kubernetes-curl": [kubernetes, "10"],
            "httr": ["env", "LC_ALL=C.UTF-8", "Rscript", HERE / "httr.R", "httr"],
            "httr2": ["env", "LC_ALL=C.UTF-8", "Rscript", HERE / "httr.R", "httr2"],
            "guzzle": ["php", HERE / "guzzle.php"],
            "toolbelt": ["env", f"PYTHONPATH={modules}", sys.executable, HERE / "toolbelt.py"],
        }
        server, results = Server(work), {}
        for client, command in clients.items():
            server.requests.clear()
            ran = subprocess.run([*command, str(server.port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 timeout=120, check=False)
            log = work / f"{client}.txt"
            log.write_bytes(ran.stdout)
            if ran.returncode or not server.requests:
                results[client] = f"fails: exit status {ran.returncode}\n{ran.stdout.decode(errors='replace')}"
                continue
            requests, refusal = read(requote, log, "auto")
            # Each log has all that was sent, but for what a client below the one that logs adds.
            is_above = client in {"feign", "httpretty", "jersey", "kubernetes", "kubernetes-curl", "rest-assured"}
            added = ADDED if is_above else set()
            results[client] = f"refused: {refusal}" if requests is None else compare(requests, server.requests, added)
    counts = report(results)
    sys.exit(0 if counts == {"same": len(clients)} else 1)


main()
