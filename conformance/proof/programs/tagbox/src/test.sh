set -e
check() { got=$(printf "$1" | ./tagbox) || true; [ "$got" = "$2" ] || { echo "want: $2"; echo "got: $got"; exit 1; }; }
check 'TBX1T\000\003Sea' 'title    Sea'
check 'TBX1Y\000\002\007\320' 'year     2000'
check 'TBX1A\000\003Ann&\000\003Bob' 'artist   Ann, Bob'
check 'nope' 'record 1 cannot be read'
