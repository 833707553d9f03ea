"""quoteattr inside other tools; each module imports its tool, and nothing imports these."""
