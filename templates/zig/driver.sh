#!/bin/sh
# Compiles all snippets of a batch as files of one program, and runs each.
#
#     driver.sh build|run WORKSPACE LIST
set -eu
step=$1 workspace=$2 list=$3
. "$(dirname "$0")/batch.sh"

# A program imports only from its own folder.
write_case() {
  cp "$2/$3" "snippet$1.zig"
  printf '        %s => @import("snippet%s.zig").main(init),\n' "$1" "$1"
}

write_program() {
  printf 'const std = @import("std");\n\n'
  printf 'pub fn main(init: std.process.Init) !void {\n'
  printf '    const arguments = try init.minimal.args.toSlice(init.arena.allocator());\n'
  printf '    return switch (try std.fmt.parseInt(u32, arguments[1], 10)) {\n'
  each write_case
  printf '        else => error.UnknownSnippet,\n    };\n}\n'
}

case $step in
  build)
    write_program >program.zig
    zig build-exe -fstrip --cache-dir "$workspace/cache" --global-cache-dir "$workspace/cache" \
      program.zig
    ;;
  run) run_all "$PWD/program" ;;
esac
