a:x

{{a|times2}} {{a|times3}}
