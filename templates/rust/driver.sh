#!/bin/sh
# Builds the snippets of a batch as the programs of one package and runs each in its own folder.
# Usage: driver.sh WORKSPACE LIST; a line of LIST is folder, TAB, file, TAB, origin.
workspace=$1
list=$2
package=$PWD/package
# Batches run side by side and share what is built, so their programs need names of their own.
prefix=$(basename "$PWD" | tr -c 'a-z0-9\n' '_')
tab=$(printf '\t')

mkdir -p "$package/src/bin"
cp "$workspace/Cargo.toml" "$workspace/Cargo.lock" "$package/"
number=0
while IFS="$tab" read -r folder file origin; do
  number=$((number + 1))
  cp "$folder/$file" "$package/src/bin/${prefix}_$number.rs"
done <"$list"

# One that does not compile must not keep the others from running.
CARGO_TARGET_DIR=$workspace/target cargo build --quiet --offline --bins --keep-going \
  --manifest-path "$package/Cargo.toml" 2>"$package/errors"

number=0
while IFS="$tab" read -r folder file origin; do
  number=$((number + 1))
  program=$workspace/target/debug/${prefix}_$number
  if [ "$program" -nt "$list" ]; then
    mv "$program" "$folder/program"
    (
      cd "$folder" || exit
      timeout 20 ./program >stdout 2>stderr
      echo $? >exit
    )
    rm "$folder/program"
  else
    cp "$package/errors" "$folder/stderr"
    echo 101 >"$folder/exit"
  fi
done <"$list"
