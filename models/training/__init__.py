"""Learning the parts that the pipeline consults. Nothing here runs in the pipeline itself."""
