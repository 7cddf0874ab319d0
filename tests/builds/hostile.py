"""Requests whose text is a directive of a documentation tool, or what ends a block, a tab, a region.

Each text comes at four places: on a line of its own within a body of text, as the whole body, as a string of
JSON, and as the value of a field. `{canary}` is the name of a file beside the page, whose text must not come
into it.
"""

import json

CANARY_FILE = "canary.txt"
CANARY = "zzcanaryzz"

TEXTS = """\
{{#include canary.txt}}
{{ #include canary.txt }}
\\{{#include canary.txt}} {{#include canary.txt}}
{{#rustdoc_include canary.txt}} {{#playground canary.txt}}
{{#title other}} {{#tab name="a" }} {{#endtab }} {{#endtabs }}
# hidden in Rust
--8<-- "canary.txt"
;--8<-- "canary.txt"
  -8<-   'canary.txt'
# --8<-- [start:a]
{{ 7*191 }} {% raw %} {# comment #} {% endraw %}
{% include "canary.txt" %}
{% tabs %} {% endtab %} {% endtabs %}
=== "Tab"
/// tab | Tab
!!! note "Note"
# (1)!
++ctrl+a++ ==mark== {++added++} {--gone--} {~~a~>b~~} {==m==}{>>note<<}
*[HTML]: Hyper Text
<!--@include: ./canary.txt-->
<!-- @include: ./canary.txt{1,2} -->
<<< ./canary.txt
<<< @/canary.txt{1}
x = 1 // [!code ++]
x = 1 # [!code focus]
[!code --] [!!code hl]
:::
::::::: note
<script setup>var a = 1</script> <style>a { b: c }</style>
// highlight-next-line
# highlight-start
/* highlight-end */
<!-- highlight-next-line -->
import a from "canary.txt"; export const b = {a};
</TabItem></Tabs></Tab></CodeGroup></details></div>
{/* requote:end */} {`x`} {x}
include::canary.txt[]
\\include::canary.txt[]
ifdef::asciidoctor[]
ifeval::["a" == "a"]
x <1> <2> <!--3--> <.>
{asciidoctor-version} {empty} +++x+++ pass:[x]
----
====
{{< highlight go >}} {{% readfile "canary.txt" %}} {{< ref
{{</* x */>}} {{%/* y */%}}
```
~~~~
<!-- requote:end -->
.. requote:end
// requote:end
.. include:: canary.txt
.. literalinclude:: canary.txt
>>> a # doctest: +SKIP
</code></pre></script><!-- x --> ]]>
&lt; &#60; &amp;lt; &copy;
$x$ $$y$$ \\(z\\) \\[w\\]
// src/main.js
[TOC] [[toc]] [^1]: a [b]: c
---
{: .a } {#b .c} {.d}
<#include "canary.txt"> <%= 7*191 %> <?= 7*191 ?> @include('canary.txt')
""".splitlines()


def messages():
    """(name, message) of each request."""
    for number, text in enumerate(TEXTS):
        lines = f"first\n{text}\n  {text}\n\nlast\n"
        quoted = json.dumps({"text": text, "list": [text, 1]}, indent=2)
        bodies = [("text/plain", lines), ("text/markdown", text), ("application/json", quoted)]
        for place, (media_type, body) in enumerate(bodies):
            yield f"hostile-{number}-{place}", message("POST", [("Content-Type", media_type)], body)
        yield f"hostile-{number}-field", message("GET", [("X-Text", text.strip())], None)


def message(method, fields, body):
    lines = [f"{method} /hostile HTTP/1.1", "Host: example.org"]
    lines += [f"{name}: {value}" for name, value in fields]
    content = b"" if body is None else body.encode()
    if body is not None:
        lines.append(f"Content-Length: {len(content)}")
    return "\r\n".join([*lines, "", ""]).encode() + content
