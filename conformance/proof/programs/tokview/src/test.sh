set -e
printf 'boat: Otter II\n\nThe {{boat|trim}} and {{ship}}.' > in.txt
[ "$(./tokview in.txt)" = "The Otter II and ?." ]
printf 'a:x y\n\n{{a|rest}}{{a|first}}' > in.txt
[ "$(./tokview in.txt)" = "yx" ]
