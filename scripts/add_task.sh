#!/usr/bin/env bash
# add_task.sh [--dry-run] [-p OWNER/REPO] TITLE [BODY] [LABELS]: makes an issue of the project.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 add_task "$@"
