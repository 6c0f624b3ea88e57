"""Scripts behind the Makefile's targets; none of them is installed."""
