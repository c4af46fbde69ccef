a:one two three four five

{{a|upper}}
