#!/usr/bin/env bash
# make-pr-body.sh [BASE]: title and text of a pull request from the commits that BASE (main) lacks.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 make_pr_body "$(cd "${0%"${0##*/}"}.." && pwd)" "$@"
