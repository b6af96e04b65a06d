"""The steps by which the tables of a store came to their present shape."""
