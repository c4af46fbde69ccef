set -e
printf 'A1: 2\nA2: 3\nA3: =A1*A2\nB1: =SUM(A1:A3)\n' > t.sheet
[ "$(python3 calcsheet.py t.sheet)" = "A1 2
A2 3
A3 6
B1 11" ]
