#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cache.h"
#include "cookie.h"
#include "log.h"
#include "peer.h"
#include "reply.h"

#define WORD_MAX 96

static const char *const INDEX[] = { "anchor", "berth", "buoy", "crane", "lighthouse keeping", "pilot", "tide & time", "tug" };

/* What the server did so far. */
void page_status(struct request *q, struct reply *r)
{
    (void)q;
    r->type = "text/plain";
    log_show(&r->body);
    text_format(&r->body, "cache hits %d\n", cache_hits());
}

/* Looks a word up in the index: ?q=WORD. */
void page_search(struct request *q, struct reply *r)
{
    char word[WORD_MAX];
    char *raw = uri_param(q->query, "q");
    size_t i, found = 0;

    if (raw == NULL) {
        reply_fault(r, 400);
        return;
    }
    /* Three bytes of the query make one of the word. */
    if (strlen(raw) / 3 >= sizeof word) {
        free(raw);
        reply_fault(r, 414);
        return;
    }
    uri_decode(raw, word, 1);
    free(raw);
    text_put(&r->body, "<p>Pages about <b>");
    text_html(&r->body, word);
    text_put(&r->body, "</b>:\n");
    for (i = 0; i < sizeof INDEX / sizeof INDEX[0]; i++) {
        if (word[0] != '\0' && strcasestr(INDEX[i], word) != NULL) {
            text_put(&r->body, "<li>");
            text_html(&r->body, INDEX[i]);
            text_put(&r->body, "\n");
            found++;
        }
    }
    text_format(&r->body, "<p>%zu found\n", found);
}

/* Shows what the client chose, from its cookies. */
void page_prefs(struct request *q, struct reply *r)
{
    static const char *const NAMES[] = { "theme", "name", "berth" };
    const char *header = request_header(q, "Cookie");
    size_t i;

    for (i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        char *value = header != NULL ? cookie_get(header, NAMES[i]) : NULL;
        text_format(&r->body, "<dt>%s<dd>", NAMES[i]);
        text_html(&r->body, value != NULL ? value : "not chosen");
        text_put(&r->body, "\n");
        free(value);
    }
}

/* Says which machine asks; a gateway before the server names it in X-Real-Ip. */
void page_whoami(struct request *q, struct reply *r)
{
    const char *address = request_header(q, "X-Real-Ip");
    char *reverse = peer_reverse(address != NULL ? address : "127.0.0.1");
    const char *name = reverse != NULL ? peer_name(reverse) : NULL;

    r->type = "text/plain";
    text_put(&r->body, "you are ");
    text_put(&r->body, name != NULL ? name : "not known here");
    text_put(&r->body, "\n");
    if (reverse != NULL) {
        text_put(&r->body, reverse);
        text_put(&r->body, "\n");
    }
    free(reverse);
}

/* Sums a body up (FNV-1a) and holds the sum against the digest in its trailer. */
void page_sum(struct request *q, struct reply *r)
{
    unsigned long sum = 2166136261u;
    char digest[16];
    size_t i;

    if (strcmp(q->method, "POST") != 0) {
        reply_fault(r, 405);
        return;
    }
    for (i = 0; i < q->body_len; i++)
        sum = ((sum ^ (unsigned char)q->body[i]) * 16777619u) & 0xffffffffu;
    snprintf(digest, sizeof digest, "%08lx", sum);
    r->type = "text/plain";
    text_format(&r->body, "%zu bytes, sum %s\ndigest ", q->body_len, digest);
    if (q->digest == NULL)
        text_put(&r->body, "not given\n");
    else
        text_put(&r->body, strcasecmp(q->digest, digest) == 0 ? "agrees\n" : "differs\n");
}

/* Shows a form again as it was filled in. */
void page_form(struct request *q, struct reply *r)
{
    const char *type = request_header(q, "Content-Type");
    char *all, *name, *value, *rest;

    if (type == NULL || strncasecmp(type, "application/x-www-form-urlencoded", 33) != 0 || q->body == NULL) {
        reply_fault(r, 415);
        return;
    }
    all = copy_of(q->body, q->body_len);
    for (name = strtok_r(all, "&", &rest); name != NULL; name = strtok_r(NULL, "&", &rest)) {
        value = strchr(name, '=');
        if (value != NULL)
            *value++ = '\0';
        uri_decode(name, name, 1);
        text_put(&r->body, "<dt>");
        text_html(&r->body, name);
        if (value != NULL) {
            uri_decode(value, value, 1);
            text_put(&r->body, "<dd>");
            text_html(&r->body, value);
        }
        text_put(&r->body, "\n");
    }
    free(all);
}
