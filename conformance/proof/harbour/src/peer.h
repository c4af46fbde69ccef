#ifndef PEER_H
#define PEER_H

/* The name of a peer for its reverse look-up: 10.0.0.7 is 7.0.0.10.in-addr.arpa. NULL where it is no address. */
char *peer_reverse(const char *address);

/* What a reverse name stands for in the table of the harbour; NULL where it is not in it. */
const char *peer_name(const char *reverse);

#endif
