set -e
printf 'BOXPULL 1\nFILE 2 a.txt\nhi\n' > t.box
[ "$(python3 boxpull.py list t.box)" = "     2 a.txt" ]
[ "$(python3 boxpull.py unpack t.box out)" = "wrote a.txt, 2 characters" ]
[ "$(cat out/a.txt)" = "hi" ]
