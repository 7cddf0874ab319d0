project = "Requests"
extensions = ["sphinx_design"]
suppress_warnings = ["misc.highlighting_failure"]
