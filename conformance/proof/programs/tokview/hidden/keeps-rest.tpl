a:one two

{{a|rest}}
