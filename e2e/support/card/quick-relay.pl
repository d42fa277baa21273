# Carries bytes between its standard input and output and 127.0.0.1:PORT, and acknowledges each of the reader's segments at once:
# vpcd writes a message's length and its body by themselves, and Nagle's algorithm holds the body back for the 40 ms that a
# kernel otherwise takes over an acknowledgement. Node cannot set TCP_QUICKACK; perl-base is on every Debian.
use strict;
use warnings;
use Socket qw(:all);

my $quickack = 12;    # linux/tcp.h; each read switches it off again
my $limit    = 65_538;

sub carry {
    my ($from, $to) = @_;
    my $read = sysread($from, my $bytes, $limit) or exit 0;
    for (my $sent = 0; $sent < $read;) { $sent += syswrite($to, $bytes, $read - $sent, $sent) // exit 0 }
}

socket(my $reader, PF_INET, SOCK_STREAM, 0) or die "socket: $!\n";
connect($reader, sockaddr_in($ARGV[0], INADDR_LOOPBACK)) or die "connect: $!\n";
my $quick = sub { setsockopt($reader, IPPROTO_TCP, $quickack, 1) };
$quick->();
while (1) {
    my $ready = '';
    vec($ready, fileno($_), 1) = 1 for $reader, *STDIN;
    select($ready, undef, undef, undef);
    if (vec($ready, fileno($reader), 1)) { carry($reader, *STDOUT); $quick->() }
    if (vec($ready, fileno(STDIN), 1)) { carry(*STDIN, $reader) }
}
