#!/bin/sh
# Writes All.hs, which runs the `main` of every snippet of the list.
set -eu
number=0
: > imports
: > calls
while IFS="$(printf '\t')" read -r folder file _; do
  number=$((number + 1))
  {
    sed -n '/^{-#/p' "$folder/$file"
    echo "module S$number (main) where"
    sed '/^{-#/d' "$folder/$file"
  } > "S$number.hs"
  echo "import qualified S$number" >> imports
  echo "  run \"$folder\" S$number.main" >> calls
done < "$1"
{
  echo 'module Main (main) where'
  echo 'import Control.Exception (SomeException, try)'
  echo 'import System.Directory (setCurrentDirectory)'
  cat imports
  cat << 'END'
run :: FilePath -> IO () -> IO ()
run folder snippet = do
  setCurrentDirectory folder
  result <- try snippet
  case result of
    Right () -> writeFile "exit" "0"
    Left failure -> do
      writeFile "stderr" (show (failure :: SomeException))
      writeFile "exit" "1"
main :: IO ()
main = do
END
  cat calls
} > All.hs
