"""What is done: one room per stage, plain typed functions on records. Nothing here imports Prefect."""
