a:low tide

== {{a|upper}} ==
