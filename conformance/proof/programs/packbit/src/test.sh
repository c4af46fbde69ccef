set -e
[ "$(printf '' | ./packbit)" = "empty" ]
[ "$(printf '\021\000\040' | ./packbit | head -1)" = "a: 4 bits, up to 15" ]
