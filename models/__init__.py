"""What the pipeline knows: the records that stages exchange, and the learned parts they consult."""
