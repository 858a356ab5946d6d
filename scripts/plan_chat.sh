#!/usr/bin/env bash
# plan_chat.sh TITLE [BODY] [LABELS]: splits a goal into tasks, in a conversation.
set -euo pipefail
source "${0%"${0##*/}"}handover.sh"
exec "$ORCH" v0 plan_chat "$@"
