title:low tide
boat:Otter

== {{title|upper}} ==
{{boat|upper}} and {{boat|times2}}
