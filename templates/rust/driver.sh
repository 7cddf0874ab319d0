#!/bin/sh
# Compiles all snippets of a batch as modules of one program, and runs each.
#
#     driver.sh build|run WORKSPACE LIST
#
# LIST has a line for each snippet: folder, file and origin, with tabs between. Beside each snippet
# the files `exit`, `stdout` and `stderr` are left.

step=$1 workspace=$2 list=$3
tab=$(printf '\t')

# A module for each snippet; the program's argument says whose `main` runs.
write_program() {
  number=0
  while IFS=$tab read -r folder file _; do
    printf 'mod s%s {\n    include!("%s/%s");\n' "$number" "$folder" "$file"
    printf '    pub fn run() -> std::process::ExitCode {\n'
    printf '        std::process::Termination::report(main())\n    }\n}\n'
    number=$((number + 1))
  done <"$list"
  printf 'fn main() -> std::process::ExitCode {\n'
  printf '    match std::env::args().nth(1).as_deref() {\n'
  while [ "$number" -gt 0 ]; do
    number=$((number - 1))
    printf '        Some("%s") => s%s::run(),\n' "$number" "$number"
  done
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

run_all() {
  program=$PWD/program number=0
  while IFS=$tab read -r folder _ _; do
    (cd "$folder" && timeout 15 "$program" "$number" >stdout 2>stderr)
    echo $? >"$folder/exit"
    number=$((number + 1))
  done <"$list"
}

case $step in
  build) compile ;;
  run) run_all ;;
esac
