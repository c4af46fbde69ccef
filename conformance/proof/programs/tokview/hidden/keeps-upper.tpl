a:x

{{a|upper}}
