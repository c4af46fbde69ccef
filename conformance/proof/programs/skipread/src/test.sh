set -e
got=$(printf 'SKP2\001\001a\007\000\000\000\000\000' | ./skipread)
[ "$got" = "       7 a
1 members, 7 bytes" ]
printf 'SKP2\002\001a\007\000\000\000\000\000' | ./skipread | grep -q 'cut off'
printf 'nothing' | ./skipread | grep -q 'not an archive'
