project = "Requests"
extensions = ["sphinx_inline_tabs"]
suppress_warnings = ["misc.highlighting_failure"]
