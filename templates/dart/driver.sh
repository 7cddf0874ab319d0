#!/bin/sh
# Writes all.dart, which runs the `main` of every snippet of the list, one after the other.
#
# LIST has a line for each snippet: folder, file and two more fields, with tabs between. Beside each snippet
# the files `exit`, `stdout` and `stderr` are left.
set -eu
tab=$(printf '\t')
list=$1
{
  printf "import 'dart:async';\nimport 'dart:io';\n"
  number=0
  while IFS=$tab read -r folder file _; do
    number=$((number + 1))
    printf "import '%s/%s' as snippet%s;\n" "$folder" "$file" "$number"
  done < "$list"
  cat << 'END'

Future<void> run(String folder, Future<void> Function() snippet) async {
  Directory.current = folder;
  final output = StringBuffer();
  final specification = ZoneSpecification(
    print: (self, parent, zone, line) => output.writeln(line),
  );
  var status = 0;
  try {
    await runZoned(snippet, zoneSpecification: specification)
        .timeout(const Duration(seconds: 15));
  } catch (error, trace) {
    status = 1;
    File('stderr').writeAsStringSync('$error\n$trace');
  }
  File('stdout').writeAsStringSync('$output');
  File('exit').writeAsStringSync('$status');
}

Future<void> main() async {
END
  number=0
  while IFS=$tab read -r folder _; do
    number=$((number + 1))
    printf "  await run('%s', snippet%s.main);\n" "$folder" "$number"
  done < "$list"
  printf '  exit(0);\n}\n'
} > all.dart
