title:the long way around the outer harbour wall

== {{title|upper}} ==
