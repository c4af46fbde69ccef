a:1
b:2

Nothing to fill in } here {.
