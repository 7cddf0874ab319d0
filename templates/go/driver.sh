#!/bin/sh
# Compiles all snippets of a batch as packages of one program, and runs each.
#
#     driver.sh build|run LIST
set -eu
step=$1 list=$2
. "$(dirname "$0")/batch.sh"

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

write_program() {
  printf 'package main\n\nimport (\n\t"os"\n'
  each import
  printf ')\n\nfunc main() {\n\tswitch os.Args[1] {\n'
  each call
  printf '\t}\n}\n'
}

case $step in
  build)
    printf 'module snippets\n' >go.mod
    each copy
    write_program >main.go
    go build -o all .
    ;;
  run) run_all "$PWD/all" ;;
esac
