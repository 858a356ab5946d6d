#!/usr/bin/env bash
# review_prs.sh: has an agent review the open pull requests, and merges those that the owner says to.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 review_prs "$@"
