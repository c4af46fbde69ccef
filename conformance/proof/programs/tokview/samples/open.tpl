a:1

Text {{a}} and {{a
