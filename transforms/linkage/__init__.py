"""Which things are the same: parties, families, standards, papers and marks, as scored links."""
