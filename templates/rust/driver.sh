#!/bin/sh
# Compiles all snippets of a batch as modules of one program, and runs each.
#
#     driver.sh build|run WORKSPACE LIST
set -eu
step=$1 workspace=$2 list=$3
. "$(dirname "$0")/batch.sh"

write_module() {
  printf 'mod s%s {\n    include!("%s/%s");\n' "$1" "$2" "$3"
  printf '    pub fn run() -> std::process::ExitCode {\n'
  printf '        std::process::Termination::report(main())\n    }\n}\n'
}

write_case() {
  printf '        Some("%s") => s%s::run(),\n' "$1" "$1"
}

write_program() {
  each write_module
  printf 'fn main() -> std::process::ExitCode {\n'
  printf '    match std::env::args().nth(1).as_deref() {\n'
  each write_case
  printf '        _ => std::process::ExitCode::FAILURE,\n    }\n}\n'
}

compile() {
  deps=$workspace/target/debug/deps
  set -- --edition 2024 -L "dependency=$deps"
  for name in reqwest serde_json tokio; do
    for library in "$deps/lib$name"-*.rlib; do
      set -- "$@" --extern "$name=$library"
    done
  done
  write_program >program.rs
  rustc "$@" -C debuginfo=0 -o program program.rs
}

case $step in
  build) compile ;;
  run) run_all "$PWD/program" ;;
esac
