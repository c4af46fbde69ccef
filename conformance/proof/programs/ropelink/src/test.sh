set -e
printf '# harbour\nport = 80\nport = 81\nname=quay\n' | ./ropelink > out.txt
grep -q '^port=81$' out.txt
grep -q '^2 keys$' out.txt
printf 'a=1\na+=2\nbroken\n' | ./ropelink | grep -q '^a=1 2$'
