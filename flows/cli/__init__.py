"""The command line ``zhen``. Every command imports what it needs when it is called, not before."""
