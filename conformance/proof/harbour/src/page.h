#ifndef PAGE_H
#define PAGE_H

#include "request.h"

void page_status(struct request *q, struct reply *r);
void page_search(struct request *q, struct reply *r);
void page_prefs(struct request *q, struct reply *r);
void page_whoami(struct request *q, struct reply *r);
void page_sum(struct request *q, struct reply *r);
void page_form(struct request *q, struct reply *r);

#endif
