#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Room behind a body, so that readers of text find its end. */
#define BODY_SPARE 16

/* Reads the body a request announces. Answers 0, or the status to refuse it with. */
int body_read(struct conn *c, struct request *q)
{
    const char *coding = request_header(q, "Transfer-Encoding");
    const char *said = request_header(q, "Content-Length");
    int length;

    if (coding != NULL) {
        if (strcasecmp(coding, "chunked") != 0)
            return 501;
        return chunk_read(c, q);
    }
    if (said == NULL)
        return 0;
    length = atoi(said);
    if (length > BODY_MAX)
        return 413;
    q->body = must((size_t)(length + BODY_SPARE));
    q->body_len = conn_take(c, q->body, (size_t)length);
    if (q->body_len < (size_t)length)
        return 400;
    q->body[q->body_len] = '\0';
    return 0;
}
