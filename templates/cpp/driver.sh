#!/bin/sh
# Compiles all snippets of a batch as namespaces of one program, and runs each: their headers take
# most of the time.
#
#     driver.sh build|run LIST
set -eu
step=$1 list=$2
. "$(dirname "$0")/batch.sh"

# A snippet begins with what it includes, and ends with `main`.
write_includes() {
  awk '!/^(#include .*)?$/ { exit } /./' "$2/$3"
}

# The end of `main` is no return of another function.
write_namespace() {
  printf 'namespace snippet%s {\n' "$1"
  awk '
    !is_begun && /^(#include .*)?$/ { next }
    is_begun { print line }
    { is_begun = 1; line = $0 }
    END { print "  return 0;\n" line }
  ' "$2/$3"
  printf '}\n'
}

write_call() {
  printf '    case %s: return snippet%s::main();\n' "$1" "$1"
}

write_program() {
  each write_includes | sort -u
  each write_namespace
  printf 'int main(int, char **arguments) {\n  switch (std::atoi(arguments[1])) {\n'
  each write_call
  printf '    default: return 1;\n  }\n}\n'
}

case $step in
  build)
    write_program >all.cpp
    c++ -std=c++17 all.cpp -o all -lcurl
    ;;
  run) run_all "$PWD/all" ;;
esac
