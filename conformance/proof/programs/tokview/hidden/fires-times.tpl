a:one two three four five

{{a|times3}}
