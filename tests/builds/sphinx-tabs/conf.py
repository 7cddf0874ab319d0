project = "Requests"
extensions = ["sphinx_tabs.tabs"]
suppress_warnings = ["misc.highlighting_failure"]
