a:x y z

{{a|rest|first}}{{a|first|trim}}{{a|rest|rest}}