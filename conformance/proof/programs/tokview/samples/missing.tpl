a:1

{{b}} {{a|unknown}} {{ }}
