"""What is told of runs: their records and logs, metrics, notifications, and the state of a corpus.

All of it lies in ``OUT.zhen`` or goes to places that the user names; nothing of it is part of the
published folder.
"""
