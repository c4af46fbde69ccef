a:xy

{{a|upper}}{{a|upper}}{{a|upper}}{{a|upper}}{{a|upper}}{{a|upper}}{{a|upper}}{{a|upper}}{{a|upper}}
