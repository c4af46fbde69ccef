set -e
[ "$(printf '2,1\na,b,c\n' | ./colset)" = "b | a" ]
[ "$(printf '1-2\n"x, y",z\n' | ./colset)" = "x, y | z" ]
[ "$(printf 'x\n' | ./colset)" = "the first line is no list of columns" ]
