#include "log.h"

#include <stdio.h>
#include <string.h>

#define LINES 8

static char lines[LINES][160];
static char last_agent[120];
static unsigned count;

/* Keeps a user agent, with quotes, backslashes and what cannot be printed as `\xNN`. */
static void log_agent(const char *agent)
{
    static const char HEX[] = "0123456789abcdef";
    size_t n = 0;

    if (strlen(agent) >= sizeof last_agent)
        agent = "(long)";
    for (; *agent != '\0'; agent++) {
        unsigned char c = (unsigned char)*agent;
        if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
            last_agent[n++] = '\\';
            last_agent[n++] = 'x';
            last_agent[n++] = HEX[c >> 4];
            last_agent[n++] = HEX[c & 15];
        } else {
            last_agent[n++] = (char)c;
        }
    }
    last_agent[n] = '\0';
}

void log_access(const struct request *q, const struct reply *r)
{
    const char *agent = request_header(q, "User-Agent");

    snprintf(lines[count % LINES], sizeof lines[0], "%s %s %d", q->method[0] != '\0' ? q->method : "-",
             q->path != NULL ? q->path : "-", r->status);
    count++;
    log_agent(agent != NULL ? agent : "-");
}

void log_show(struct text *out)
{
    unsigned i, from = count > LINES ? count - LINES : 0;

    text_format(out, "requests %u\n", count);
    for (i = from; i < count; i++) {
        text_html(out, lines[i % LINES]);
        text_put(out, "\n");
    }
    text_put(out, "last agent \"");
    text_html(out, last_agent);
    text_put(out, "\"\n");
}

void log_forget(void)
{
    memset(lines, 0, sizeof lines);
    last_agent[0] = '\0';
    count = 0;
}
