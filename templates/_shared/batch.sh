# What drivers of compiled languages share. They read it with `.`, and have the path of the list in $list.
#
# The list has a line for each snippet: folder, file, origin and the number of files that it reads, with tabs
# between. Beside each snippet the files `exit`, `stdout` and `stderr` are left.

tab=$(printf '\t')

# Calls a function with the number, the folder and the file of each snippet.
each() {
  number=0
  while IFS=$tab read -r folder file _; do
    "$1" "$number" "$folder" "$file"
    number=$((number + 1))
  done <"$list"
}

# Runs a program for each snippet; its argument says whose `main` runs.
run_all() {
  program=$1
  each run_one
}

run_one() {
  status=0
  (cd "$2" && timeout 15 "$program" "$1" >stdout 2>stderr) || status=$?
  echo "$status" >"$2/exit"
}
