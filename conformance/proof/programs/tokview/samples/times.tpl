a:ho

{{a|times3}}, {{a}}
