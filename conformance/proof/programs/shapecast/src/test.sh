set -e
printf 'group g\ncircle c 2\nattach c g\nscale c 1.5\nprint g\n' > in.txt
[ "$(./shapecast in.txt)" = "g group x1.00
  c circle 3.00" ]
