#!/bin/sh
# Writes all.cr, which runs every snippet of the list as a method.
set -eu
number=0
{
  echo 'require "base64"'
  echo 'require "http/client"'
  echo 'require "json"'
  while IFS="$(printf '\t')" read -r folder file _; do
    number=$((number + 1))
    echo "def run$number"
    grep -v '^require ' "$folder/$file"
    cat << END
end
Dir.cd("$folder")
begin
  run$number
  File.write("exit", "0")
rescue error
  File.write("stderr", error.message.to_s)
  File.write("exit", "1")
end
END
  done < "$1"
} > all.cr
