#!/bin/sh
# Compiles all snippets of a batch as packages of one program, and runs each.
#
#     driver.sh build|run LIST
#
# LIST has a line for each snippet: folder, file and origin, with tabs between. Beside each snippet
# the files `exit`, `stdout` and `stderr` are left.
set -eu
step=$1 list=$2
tab=$(printf '\t')

# Calls a function with the number, the folder and the file of each snippet.
each() {
  number=0
  while IFS=$tab read -r folder file _; do
    number=$((number + 1))
    "$1" "$number" "$folder" "$file"
  done <"$list"
}

# Another package calls only what begins with a capital letter.
copy() {
  mkdir -p "snippet$1"
  awk -v name="snippet$1" '
    !is_named && $0 == "package main" { $0 = "package " name; is_named = 1 }
    !is_begun && $0 == "func main() {" { $0 = "func Main() {"; is_begun = 1 }
    { print }
  ' "$2/$3" >"snippet$1/snippet.go"
}

import() {
  printf '\t"snippets/snippet%s"\n' "$1"
}

call() {
  printf '\tcase "%s":\n\t\tsnippet%s.Main()\n' "$1" "$1"
}

# The program's argument says whose `main` runs.
write_program() {
  printf 'package main\n\nimport (\n\t"os"\n'
  each import
  printf ')\n\nfunc main() {\n\tswitch os.Args[1] {\n'
  each call
  printf '\t}\n}\n'
}

run() {
  status=0
  (cd "$2" && timeout 15 "$program" "$1" >stdout 2>stderr) || status=$?
  echo "$status" >"$2/exit"
}

case $step in
  build)
    printf 'module snippets\n' >go.mod
    each copy
    write_program >main.go
    go build -o all .
    ;;
  run)
    program=$PWD/all
    each run
    ;;
esac
