set -e
got=$(printf '10:00 error disk full\n10:01 error disk full\n10:02 info up\n' | ./logfold)
[ "$got" = "[error] disk full (2 times)
[info] up
1 errors, 0 warnings, 1 others, 0 odd lines" ] || [ "$got" = "[error] disk full (2 times)
[info] up
2 errors, 0 warnings, 1 others, 0 odd lines" ]
