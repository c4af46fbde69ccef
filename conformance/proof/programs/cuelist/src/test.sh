set -e
got=$(printf 'add Opening\nadd News\nmark News\nlength 90\nshow\n' | ./cuelist)
[ "$got" = "  Opening              30
* News                 90
= 120 seconds" ]
got=$(printf 'add A\nadd B\ndrop A\nshow\n' | ./cuelist)
[ "$got" = "  B                    30
= 30 seconds" ]
