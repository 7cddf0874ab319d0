# Writes what httr and httr2 log of requests to the port that is named.

port <- commandArgs(TRUE)[2]
url <- function(path) paste0("http://127.0.0.1:", port, path)
file <- tempfile(fileext = ".txt")
writeLines(c("one >> two", "", "  -> three  "), file)

with_httr <- function() {
  library(httr)
  quoted <- add_headers("X-Quoted" = "a\"b'c\\d")
  POST(url("/a?x='1'"), quoted, body = list(a = "1 & 2", b = "\u00e9"), encode = "form", verbose())
  PUT(url("/b"), body = "{\"\u00e9\": \"\\n\"}\r\n\ttab\u001b\n\n", content_type_json(), verbose())
  POST(url("/c"), body = list(a = "1", f = upload_file(file)), verbose())
  POST(url("/d"), body = "no end", content_type("text/plain"), verbose())
  GET(url("/e"), verbose())
}

with_httr2 <- function() {
  library(httr2)
  show <- function(path, ...) req_verbose(request(url(path)), body_req = TRUE, redact_headers = FALSE)
  perform <- function(request) req_perform(request)
  perform(req_headers(req_body_form(show("/a?x=1"), a = "1 & 2", b = "\u00e9"), "X-Quoted" = "a\"b'c\\d"))
  perform(req_body_json(show("/b"), list(a = "x\n\"", b = list(1, TRUE), c = "  >> ")))
  perform(req_body_multipart(show("/c"), a = "1", f = curl::form_file(file)))
  perform(req_body_raw(show("/d"), "line\n\n  last\n", "text/plain"))
  perform(req_auth_basic(show("/e"), "user", "word"))
}

invisible(if (commandArgs(TRUE)[1] == "httr") with_httr() else with_httr2())
