# Runs each snippet of a list in a process of its own, which this one forks with the modules loaded.
#
#     perl driver.pl LIST
#
# LIST has a line for each snippet: folder, file and two more fields, with tabs between. Beside each snippet
# the files `exit`, `stdout` and `stderr` are left.

use strict;
use warnings;

my $limit = 15;

sub read_file {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!";
    local $/ = undef;
    return scalar readline $file;
}

sub run {
    my ( $folder, $name ) = @_;
    chdir $folder or die "$folder: $!";
    open STDOUT, '>', 'stdout' or die "stdout: $!";
    open STDERR, '>', 'stderr' or die "stderr: $!";
    $0 = $name;
    do "./$name";
    die $@ if $@;
    exit;
}

sub wait_for {
    my ($child) = @_;
    local $SIG{ALRM} = sub { kill KILL => $child };
    alarm $limit;
    waitpid $child, 0;
    my $status = $?;
    alarm 0;
    return $status & 127 ? 128 + ( $status & 127 ) : $status >> 8;
}

my @snippets = map { [ ( split /\t/ )[ 0, 1 ] ] } split /\n/, read_file( $ARGV[0] );
@ARGV = ();
my %modules;
for my $snippet (@snippets) {
    my $text = read_file( join '/', @{$snippet} );
    $modules{ $1 =~ s{::}{/}gr } = 1 while $text =~ /^use ([A-Z][\w:]*)/mg;
}
for my $module ( sort keys %modules ) {

    # The snippet that needs one which is not there says so.
    eval { require "$module.pm" };
}
for my $snippet (@snippets) {
    my ( $folder, $name ) = @{$snippet};
    my $child = fork // die "fork: $!";
    run( $folder, $name ) if $child == 0;
    my $status = wait_for($child);
    open my $file, '>', "$folder/exit" or die "$folder/exit: $!";
    print {$file} $status;
    close $file or die "$folder/exit: $!";
}
