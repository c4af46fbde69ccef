set -e
got=$(printf 'From: Ann Lee <Ann@Example.org>\nSubject: hi\n\nbody' | ./slipmail)
[ "$got" = "From
  Ann Lee at ann@example.org
Subject
  hi" ]
got=$(printf 'To: a@b.c,\n d@e.f\n\n' | ./slipmail)
[ "$got" = "To
  a@b.c
  d@e.f" ]
