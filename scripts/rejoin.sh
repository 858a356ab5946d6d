#!/usr/bin/env bash
# rejoin.sh: goes on with the blocked tasks whose parts are all done, POLL_JOBS of them at a time.
set -euo pipefail
here=${0%"${0##*/}"}
source "${here}handover.sh"
"$ORCH" v0 ready_parents | xargs -r -P "${POLL_JOBS:-4}" -I '{}' "${here:-./}run_task.sh" '{}'
