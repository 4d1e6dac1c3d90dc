"""What runs and when: Prefect flows, deployments and the command line. Importing this imports no Prefect."""
