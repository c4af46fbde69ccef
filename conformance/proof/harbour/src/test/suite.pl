#!/usr/bin/perl
# Starts the server on a port of its own and asks it what it should know. Prints a line per case; ends with 1 if one failed.
use strict;
use warnings;
use FindBin;
use IO::Socket::INET;

my $here  = "$FindBin::Bin/..";
my $probe = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1) or die "no port: $!";
my $port  = $probe->sockport;
close $probe;

my $server = fork // die "fork: $!";
if ($server == 0) {
    exec "$here/harbour", '-p', $port, '-r', "$here/site" or die "exec: $!";
}

sub talk {
    my ($sent) = @_;
    $sent =~ s/\n/\r\n/g unless $sent =~ /\r\n/;
    for (1 .. 100) {
        my $s = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port);
        if (!$s) { select undef, undef, undef, 0.02; next }
        print $s $sent;
        shutdown $s, 1;
        local $/;
        return <$s> // '';
    }
    return '';
}

my ($failed, $n) = (0, 0);

sub case {
    my ($name, $sent, @want) = @_;
    my $got = talk($sent);
    my @missing = grep { ref $_ ? $got !~ $_ : index($got, $_) < 0 } @want;
    $n++;
    $failed++ if @missing;
    print @missing ? "not ok" : "ok", " $n - $name\n";
    print "#   wanted: $_\n" for @missing;
}

my $close = "Host: harbour.test\nConnection: close\n";

case 'the first page',     "GET / HTTP/1.1\n$close\n",                 'HTTP/1.1 200 OK', 'Tides, berths', 'text/html';
case 'no page',            "GET /nowhere HTTP/1.1\n$close\n",          'HTTP/1.1 404';
case 'a style sheet',      "GET /style.css HTTP/1.1\n$close\n",        'text/css', 'sans-serif';
case 'the head only',      "HEAD /notes.txt HTTP/1.1\n$close\n",       qr{Content-Length: 3\d\d}, qr/\r\n\r\n$/;
case 'no host',            "GET / HTTP/1.1\n\n",                       'HTTP/1.1 400';
case 'an old client',      "GET / HTTP/1.0\n\n",                       'HTTP/1.1 200', 'Connection: close';
case 'another site',       "GET / HTTP/1.1\nHost: docks.test\nConnection: close\n\n", 'Four dry docks';
case 'out of the root',    "GET /../main/index.html HTTP/1.1\n$close\n", 'HTTP/1.1 400';
case 'a part',             "GET /notes.txt HTTP/1.1\nRange: bytes=0-4\n$close\n", 'HTTP/1.1 206', 'Content-Range: bytes 0-4/', "\r\n\r\nNotes";
case 'the rest',           "GET /notes.txt HTTP/1.1\nRange: bytes=200-\n$close\n", 'HTTP/1.1 206';
case 'too far',            "GET /notes.txt HTTP/1.1\nRange: bytes=9000-\n$close\n", 'HTTP/1.1 416';
case 'a moved page',       "GET /old/guide.html HTTP/1.1\n$close\n",   'HTTP/1.1 301', 'Location: /docs/guide.html';
case 'a page by its other name', "GET /manual/guide.html HTTP/1.1\n$close\n", 'How to come in';
case 'a search',           "GET /search?q=tug HTTP/1.1\n$close\n",     '<li>tug', '1 found';
case 'a search without a word', "GET /search HTTP/1.1\n$close\n",      'HTTP/1.1 400';
case 'no log-on',          "GET /private/log.txt HTTP/1.1\n$close\n",  'HTTP/1.1 401', 'WWW-Authenticate: Basic';
case 'a log-on',           "GET /private/log.txt HTTP/1.1\nAuthorization: Basic Y2xlcms6cGFwZXI=\n$close\n", 'HTTP/1.1 200', 'Nothing to report';
case 'a cookie',           "GET /prefs HTTP/1.1\nCookie: theme=dark\n$close\n", '<dt>theme<dd>dark', '<dt>name<dd>not chosen';
case 'an included page',   "GET /news.shtml HTTP/1.1\n$close\n",       'Harbour office', 'You asked harbour.test for /news.shtml';
case 'a banner',           "GET /banner.tpl?title=Hello&mark=-&times=5 HTTP/1.1\n$close\n", '<pre>-----', '<title>Hello</title>';
case 'a form',             "POST /form HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\nContent-Length: 16\n$close\nship=Ida&load=3t", '<dt>ship<dd>Ida', '<dd>3t';
case 'chunks',             "POST /sum HTTP/1.1\r\nHost: harbour.test\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", '5 bytes, sum 4f9f2cab', 'digest not given';
case 'something left',     "PUT /drop/note.txt HTTP/1.1\nContent-Length: 4\n$close\nfish", 'HTTP/1.1 201';
case 'and fetched',        "GET /drop/note.txt HTTP/1.1\n$close\n",    "\r\n\r\nfish";
case 'who asks',           "GET /whoami HTTP/1.1\n$close\n",           'you are localhost';
case 'what was done',      "GET /status HTTP/1.1\nUser-Agent: suite\n$close\n", 'requests ', '/whoami 200';

kill 'TERM', $server;
waitpid $server, 0;
if ($? != 0) { print "not ok - the server ended with $?\n"; $failed++ }
print "$n cases, $failed failed\n";
exit($failed ? 1 : 0);
