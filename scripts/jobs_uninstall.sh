#!/usr/bin/env bash
# jobs_uninstall.sh: takes the line of jobs_install.sh out of the crontab.
set -euo pipefail
mark='(orchestrator|orch) (jobs-tick|job tick)'
if ! crontab -l 2>/dev/null | grep -qE "$mark"; then
  echo "No crontab entry found for orchestrator job tick"
  exit 0
fi
{ crontab -l | grep -vE "$mark" || true; } | crontab -
echo "Removed crontab entry for orchestrator job tick"
