"""What is done: one package a stage, plain typed functions on records. Knows no Prefect."""
