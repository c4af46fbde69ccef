#include "auth.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const USERS[] = {
    "pilot:tide",
    "keeper:the lamp is lit at nightfall every day",
    "clerk:paper",
};

int auth_check(const struct request *q)
{
    const char *said = request_header(q, "Authorization");
    char *pair;
    size_t i;
    int known = 0;

    if (said == NULL || strncasecmp(said, "Basic ", 6) != 0)
        return 0;
    pair = base64_decode(said + 6);
    if (pair == NULL)
        return 0;
    for (i = 0; i < sizeof USERS / sizeof USERS[0]; i++)
        if (strcmp(pair, USERS[i]) == 0)
            known = 1;
    free(pair);
    return known;
}
