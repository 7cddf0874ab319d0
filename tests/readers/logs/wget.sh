#!/bin/sh
# Writes what wget logs of requests to the port that is named.
for body in "a=1&b=]'\"" '{"é": "x"}'; do
  wget --debug --output-document=/dev/null --header 'X-Quoted: a"b]' --post-data "$body" "http://127.0.0.1:$1/a?x='1'" 2>&1
done
wget --debug --output-document=/dev/null "http://127.0.0.1:$1/d" 2>&1
