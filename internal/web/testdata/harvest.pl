# Harvests a repository with HTTP::OAI and prints a line per record:
# identifier, status, datestamp, title. Arguments: base URL, verb, metadata
# format, then arguments of the protocol as name=value.
use strict;
use warnings;
use HTTP::OAI;
binmode STDOUT, ':utf8';

my ($base, $verb, $format, @rest) = @ARGV;
my $harvester = HTTP::OAI::Harvester->new(baseURL => $base, resume => 1);
if ($verb eq 'Identify') {
	my $answer = $harvester->Identify;
	die $answer->code . ' ' . $answer->message if $answer->is_error;
	print join("\t", $answer->repositoryName, $answer->baseURL, $answer->protocolVersion, $answer->deletedRecord, $answer->granularity, $answer->adminEmail), "\n";
	exit;
}
if ($verb eq 'ListSets' or $verb eq 'ListMetadataFormats') {
	my $answer = $harvester->$verb;
	die $answer->code . ' ' . $answer->message if $answer->is_error;
	while (my $one = $answer->next) { # fewer than one part holds
		print $verb eq 'ListSets' ? $one->setSpec . "\t" . $one->setName : $one->metadataPrefix . "\t" . $one->metadataNamespace, "\n";
	}
	exit;
}
my $answer = $harvester->$verb(metadataPrefix => $format, onRecord => \&show, map { split /=/, $_, 2 } @rest);
if (my $error = $answer->error) {
	print STDERR $error->code, ' ', $error->message // '', "\n";
	exit 3;
}
die $answer->code . ' ' . $answer->message if $answer->is_error;

sub show {
	my ($record) = @_;
	my $title = '';
	if ($record->can('metadata') and $record->metadata) {
		my ($node) = $record->metadata->dom->findnodes(".//*[local-name()='title' or (local-name()='datafield' and \@tag='245')]");
		$title = $node ? $node->textContent : '';
		$title =~ s/\s+/ /g;
	}
	my $header = $record->can('header') ? $record->header : $record;
	print join("\t", $header->identifier, $header->status || 'live', $header->datestamp, $title), "\n";
}
