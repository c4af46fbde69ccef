set -e
[ "$(printf 'frame 50\n' | ./stepclock)" = "00:00:02.000" ]
[ "$(printf 'at 00:00:04.000\n' | ./stepclock)" = "frame 100" ]
[ "$(printf 'dance\n' | ./stepclock)" = "line 1: not understood" ]
