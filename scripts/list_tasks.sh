#!/usr/bin/env bash
# list_tasks.sh: the open tasks, a row each.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 list_tasks "$@"
