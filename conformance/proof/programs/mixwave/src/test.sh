set -e
printf 'MXWf\010\000\100\037\000\000\001\000\020\000d\004\000abcd' | ./mixwave | grep -q '2 frames of 2 bytes'
printf 'MXWt\002\000hi' | ./mixwave | grep -q 'title hi'
