# The sandbox's own inner part: PID 1 of its namespace, so that nothing inside can kill it; run from a copy of a shell that is not
# readable, so that nothing inside can look into it or write into it. It uses built-in commands only, and answers in records of 152
# bytes on descriptor 4: its own words padded with blanks, or what the witness wrote. Requests are numbers on descriptor 3, each
# naming a script beside the run's streams in /weir/io. When the launcher is gone, descriptor 3 ends, and with this process
# everything else inside.
set -f
umask 022

say() {
  printf '%-152s' "$1" >&4
}

# find PATH NAME: puts into $found the program that NAME means in the folders of PATH.
find() {
  case $2 in
    */*) found=$2; return 0 ;;
  esac
  IFS=:
  for folder in $1; do
    found=${folder:-.}/$2
    if [ -f "$found" ] && [ -x "$found" ]; then unset IFS; return 0; fi
  done
  unset IFS
  return 1
}

# run NUMBER FOLDER PATH NAME [VARIABLE=VALUE]... '' ARGV...
run() {
  number=$1 folder=$2 path=$3 name=$4
  shift 4
  cd "$folder" 2>/dev/null || { say nodir; return 0; }
  find "$path" "$name" || { say none; return 0; }
  # Where there is one, the program that gives up the agent's user runs between the witness and what is watched.
  set -- "$found" "$@"
  [ -z "$drop" ] || set -- "$drop" "$@"
  /weir/witness "$@" <"/weir/io/$number.in" >"/weir/io/$number.out" 2>"/weir/io/$number.err" 9>&4 3<&- 4>&- || say lost
}

drop=$2
[ -z "$1" ] || ulimit -u "$1" 2>/dev/null || ulimit -p "$1"
say ready
while read -r number <&3; do
  . "/weir/io/$number.sh"
done
exit 0
