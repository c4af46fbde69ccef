set -e
got=$(printf 'GMAP\002\000\000\000\002\000\000\000\001\000f\003' | ./gridmap)
[ "$got" = "2x2, 1 bytes a cell, 4 written, sum 30" ]
got=$(printf 'GMAP\002\000\000\000\002\000\000\000\003\000' | ./gridmap) || true
[ "$got" = "error: odd size of cells" ]
