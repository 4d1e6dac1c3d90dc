"""Language and script: which script a text is written in, and which language each block is in."""
