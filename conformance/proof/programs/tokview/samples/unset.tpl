a:1

{{b|upper}} {{c|times3}}
