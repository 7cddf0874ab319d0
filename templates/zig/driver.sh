#!/bin/sh
# Compiles all snippets of a batch as files of one program, and runs each.
#
#     driver.sh build|run WORKSPACE LIST
#
# LIST has a line for each snippet: folder, file and origin, with tabs between. Beside each snippet
# the files `exit`, `stdout` and `stderr` are left.

step=$1 workspace=$2 list=$3
tab=$(printf '\t')

# The program's argument says whose `main` runs; a program imports only from its own folder.
write_program() {
  printf 'const std = @import("std");\n\n'
  printf 'pub fn main(init: std.process.Init) !void {\n'
  printf '    const arguments = try init.minimal.args.toSlice(init.arena.allocator());\n'
  printf '    return switch (try std.fmt.parseInt(u32, arguments[1], 10)) {\n'
  number=0
  while IFS=$tab read -r folder file _; do
    cp "$folder/$file" "snippet$number.zig"
    printf '        %s => @import("snippet%s.zig").main(init),\n' "$number" "$number"
    number=$((number + 1))
  done <"$list"
  printf '        else => error.UnknownSnippet,\n    };\n}\n'
}

compile() {
  write_program >program.zig
  zig build-exe -fstrip --cache-dir "$workspace/cache" --global-cache-dir "$workspace/cache" \
    program.zig
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
