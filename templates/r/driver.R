# Runs each snippet of a list in a process of its own, which this one forks with the packages loaded.
#
#     Rscript --vanilla driver.R LIST
#
# LIST has a line for each snippet: folder, file and two more fields, with tabs between. Beside each snippet
# the files `exit`, `stdout` and `stderr` are left.

limit <- 15

run <- function(folder, name) {
  setwd(folder)
  out <- file("stdout", "w")
  err <- file("stderr", "w")
  sink(out)
  sink(err, type = "message")
  status <- tryCatch(
    {
      source(name, local = new.env(parent = globalenv()), print.eval = TRUE)
      0
    },
    error = function(error) {
      message("Error: ", conditionMessage(error))
      1
    }
  )
  sink(type = "message")
  sink()
  close(out)
  close(err)
  status
}

lines <- strsplit(readLines(commandArgs(TRUE)[1]), "\t")
texts <- lapply(lines, function(line) {
  suppressWarnings(readLines(file.path(line[1], line[2]), encoding = "UTF-8"))
})
calls <- grep("^library\\([[:alnum:].]+\\)", unlist(texts), value = TRUE, useBytes = TRUE)
for (call in unique(calls)) {
  # The snippet that needs one which is not there says so.
  try(eval(parse(text = call)), silent = TRUE)
}
for (line in lines) {
  job <- parallel::mcparallel(run(line[1], line[2]))
  # One that quits delivers nothing, of which R warns.
  status <- suppressWarnings(parallel::mccollect(job, wait = FALSE, timeout = limit))
  if (is.null(status)) {
    tools::pskill(job$pid, tools::SIGKILL)
    suppressWarnings(parallel::mccollect(job))
  }
  is_done <- length(status) == 1 && is.numeric(status[[1]])
  writeLines(if (is_done) as.character(status[[1]]) else "1", file.path(line[1], "exit"))
}
