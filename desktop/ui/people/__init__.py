"""Who is asked what: the pages People and Questions."""
