set -e
printf 'ZT\000\001\003net\000\000\001\000\004\012\000\000\001' > t.zt
python3 -B zonetape.py t.zt | grep -q '10.0.0.1'
printf 'XX' > t.zt
[ "$(python3 -B zonetape.py t.zt)" = "zonetape: not a tape" ]
