set -e
got=$(printf '[a]\nx=1\n? a x\n? a y\n? b x\n' | ./inikey)
[ "$got" = "a.x = 1
a.y = (not set)
no section b" ]
