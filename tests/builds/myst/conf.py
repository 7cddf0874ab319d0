project = "Requests"
extensions = ["myst_parser", "sphinx_design"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "dollarmath", "substitution"]
suppress_warnings = ["misc.highlighting_failure"]
