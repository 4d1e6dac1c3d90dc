#!/bin/sh
# Registers the work pool and both deployments of prefect.yaml at the server of PREFECT_API_URL,
# for the folders ZHEN_INBOX and ZHEN_CORPUS. May be repeated.
set -eu

cd "${ZHEN_HOME:?the folder of prefect.yaml}"
parameters=$(python -c '
import json, os
print(json.dumps({"inputs": [os.environ["ZHEN_INBOX"]], "out": os.environ["ZHEN_CORPUS"]}))
')
prefect --no-prompt work-pool create zhen --type process --overwrite
for name in nightly on-demand; do
  prefect --no-prompt deploy --name "$name" --params "$parameters"
done
