"""What runs and when: Prefect flows, deployments, the command line. Imports no Prefect itself."""
