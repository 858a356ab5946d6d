#!/usr/bin/env bash
# create-pr.sh [BASE]: opens a pull request for the branch, or says where it is.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 create_pr "$(cd "${0%"${0##*/}"}.." && pwd)" "$@"
