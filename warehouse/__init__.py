"""The DuckDB file as a product: built beside, published in one step, read without locks."""
