#!/bin/sh
# Writes all.nim, which runs every snippet of the list as a procedure.
set -eu
number=0
{
  echo 'import std/[base64, httpclient, json, net, os, uri]'
  while IFS="$(printf '\t')" read -r folder file _; do
    number=$((number + 1))
    grep -v '^import ' "$folder/$file" > "$folder/part.nim"
    cat << END
proc run$number() =
  include "$folder/part"
setCurrentDir("$folder")
try:
  run$number()
  writeFile("exit", "0")
except CatchableError as error:
  writeFile("stderr", error.msg)
  writeFile("exit", "1")
END
  done < "$1"
} > all.nim
