"""Quality measured on gold data: `zhen eval` and the gate."""
