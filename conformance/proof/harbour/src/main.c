#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "reply.h"
#include "site.h"

#define IDLE_MS 2000

static volatile sig_atomic_t ending;

static void end(int signal)
{
    (void)signal;
    ending = 1;
}

struct socket_wire {
    struct wire wire;
    int fd;
};

static ssize_t socket_read(struct wire *w, char *to, size_t n)
{
    struct socket_wire *s = (struct socket_wire *)w;
    struct pollfd p = { s->fd, POLLIN, 0 };

    if (ending || poll(&p, 1, IDLE_MS) <= 0)
        return 0;
    return read(s->fd, to, n);
}

static void socket_write(struct wire *w, const char *from, size_t n)
{
    struct socket_wire *s = (struct socket_wire *)w;

    while (n > 0) {
        ssize_t sent = write(s->fd, from, n);
        if (sent <= 0)
            return;
        from += sent;
        n -= (size_t)sent;
    }
}

static int listen_on(int port)
{
    struct sockaddr_in at;
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_port = htons((unsigned short)port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 16) != 0) {
        perror("harbour: cannot listen");
        exit(1);
    }
    return fd;
}

int main(int argc, char **argv)
{
    struct sigaction act;
    int port = 8080, option, fd;

    while ((option = getopt(argc, argv, "p:r:")) != -1) {
        if (option == 'p') {
            port = atoi(optarg);
        } else if (option == 'r') {
            site_root(optarg);
        } else {
            fputs("usage: harbour [-p PORT] [-r FOLDER]\n", stderr);
            return 2;
        }
    }
    memset(&act, 0, sizeof act);
    act.sa_handler = end;
    sigaction(SIGTERM, &act, NULL);
    sigaction(SIGINT, &act, NULL);
    act.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &act, NULL);
    fd = listen_on(port);
    while (!ending) {
        struct socket_wire s = { { socket_read, socket_write }, -1 };
        struct pollfd p = { fd, POLLIN, 0 };
        if (poll(&p, 1, 200) <= 0)
            continue;
        s.fd = accept(fd, NULL, NULL);
        if (s.fd < 0)
            continue;
        conn_serve(&s.wire);
        close(s.fd);
    }
    close(fd);
    reply_forget();
    return 0;
}
