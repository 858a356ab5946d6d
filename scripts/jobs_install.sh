#!/usr/bin/env bash
# jobs_install.sh: a line in the crontab that fires the jobs every minute. Where there are timers, `orch service install` is
# the better way.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
state=${STATE_DIR:-${ORCH_HOME:-$HOME/.orch}/.orchestrator}
mark='(orchestrator|orch) (jobs-tick|job tick)'
mkdir -p "$state"
if crontab -l 2>/dev/null | grep -qE "$mark"; then
  echo "Crontab entry already exists:"
  crontab -l | grep -E "$mark"
  exit 0
fi
program=$(cd "$(dirname "$ORCH")" && pwd)/${ORCH##*/}
line="* * * * * $program job tick >> $state/jobs.log 2>&1"
{ crontab -l 2>/dev/null || true; echo "$line"; } | crontab -
printf 'Installed crontab entry:\n  %s\n\nJobs tick will run every minute. View log at:\n  %s/jobs.log\n' "$line" "$state"
