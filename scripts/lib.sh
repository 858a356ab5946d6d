#!/usr/bin/env bash
# The functions of v0's lib.sh, for those who source it. What needs the world is one call of orch; what needs none is bash.
set -euo pipefail

source "${BASH_SOURCE[0]%"${BASH_SOURCE[0]##*/}"}handover.sh"

# What a service starts in is no project.
if [ "${PROJECT_DIR:-}" = / ]; then unset PROJECT_DIR; fi
if [ -z "${ORCH_HOME:-}" ]; then
  ORCH_HOME="$HOME/.orch"
  if [ ! -d "$ORCH_HOME" ] && [ -d "$HOME/.orchestrator" ]; then ORCH_HOME="$HOME/.orchestrator"; fi
fi
[ -d "$ORCH_HOME" ] || mkdir -p "$ORCH_HOME"
ORCH_WORKTREES="${ORCH_WORKTREES:-$ORCH_HOME/worktrees}"
LOCK_PATH=${LOCK_PATH:-"$ORCH_HOME/.orchestrator/locks"}
CONTEXTS_DIR=${CONTEXTS_DIR:-"$ORCH_HOME/contexts"}
CONFIG_PATH=${CONFIG_PATH:-"$ORCH_HOME/config.yml"}
STATE_DIR=${STATE_DIR:-"$ORCH_HOME/.orchestrator"}

# Variables of this shell that orch has to know, exported or not.
_ORCH_VARIABLES=(ORCH_HOME ORCH_WORKTREES LOCK_PATH CONTEXTS_DIR CONFIG_PATH GLOBAL_CONFIG_PATH STATE_DIR PROJECT_DIR
  JOBS_FILE _GH_REPO ORCH_VERSION GH_BACKOFF_MODE GH_BACKOFF_PATH GH_BACKOFF_BASE_SECONDS GH_BACKOFF_MAX_SECONDS
  LOCK_STALE_SECONDS RETRY_BASE_SECONDS RETRY_MAX_SECONDS MAX_ATTEMPTS AGENT_TIMEOUT_SECONDS TASK_ID TASK_TITLE
  TASK_AGENT AGENT_STATUS WORKTREE_DIR BRANCH_NAME PR_URL TMUX_SESSION GH_ISSUE_NUMBER)

# _orch FUNCTION ARGUMENTS…: v0's function of that name.
_orch() (
  # shellcheck disable=SC2163
  export "${_ORCH_VARIABLES[@]}"
  exec "$ORCH" v0 "$@"
)

# _handed_over FUNCTION…: defines each as one call of orch.
_handed_over() {
  local name
  for name; do eval "$name() { _orch $name \"\$@\"; }"; done
}

source "${BASH_SOURCE[0]%"${BASH_SOURCE[0]##*/}"}backend.sh"

# Time and logs

now_iso() { date -u +%Y-%m-%dT%H:%M:%SZ; }
now_epoch() { date +%s; }
_log_prefix() { echo "$(now_iso)${ORCH_VERSION:+ [v$ORCH_VERSION]}"; }
log() { echo "$(_log_prefix) $*"; }
log_err() { echo "$(_log_prefix) $*" >&2; }

error_log() {
  echo "$(_log_prefix) $*" >>"$STATE_DIR/orchestrator.error.log"
  log_err "$@"
}

# 45s, 2m 5s, 3h 4m.
duration_fmt() {
  local seconds="${1:-0}"
  if [ "$seconds" -lt 60 ]; then
    echo "${seconds}s"
  elif [ "$seconds" -lt 3600 ]; then
    echo "$((seconds / 60))m $((seconds % 60))s"
  else
    echo "$((seconds / 3600))h $((seconds % 3600 / 60))m"
  fi
}

ensure_state_dir() { mkdir -p "$STATE_DIR"; }

# GitHub
_handed_over gh_api gh_backoff_path gh_backoff_reset gh_backoff_read gh_backoff_active gh_backoff_set gh_backoff_next_delay

# The configuration, and what follows from it
GLOBAL_CONFIG_PATH="${GLOBAL_CONFIG_PATH:-$ORCH_HOME/config.yml}"
_handed_over config_get available_agents opposite_agent model_for_complexity task_timeout_seconds max_attempts \
  repo_owner init_config_file run_hook
# pick_fallback_agent CURRENT [EXCLUDED,…]: the next of the available agents after the current one, round their list.
pick_fallback_agent() {
  local agents candidate
  agents=,$(available_agents),
  case $agents in *",$1,"*) agents=${agents#*",$1"}${agents%"$1,"*} ;; esac
  for candidate in ${agents//,/ }; do
    case ",$1,${2:-}," in *",$candidate,"*) ;; *) printf %s "$candidate" && return ;; esac
  done
  return 1
}
load_project_config() {
  local _loaded
  _loaded=$(_orch load_project_config) || return
  eval "$_loaded"
}
init_tasks_file() { db_init; }
init_jobs_file() { backend_init_jobs; }

# Tasks
_handed_over create_task_entry mark_needs_review comment_on_issue label_issue fetch_issue_comments task_count
load_task() { db_load_task "$1"; }
task_field() { db_task_field "$1" "${2#.}"; }
task_set() { db_task_set "$1" "${2#.}" "$3"; }
append_history() { db_append_history "$1" "$2" "$3"; }

# What the owner says
_handed_over fetch_owner_feedback process_owner_comment process_owner_feedback process_owner_feedback_for_task \
  _parse_owner_slash_command

# Prompts and answers
_handed_over render_template load_task_context append_task_context build_repo_tree build_project_instructions \
  build_skills_catalog build_skills_docs build_parent_context build_git_diff normalize_json_response \
  safe_normalize_json redact_snippet is_usage_limit_error validate_job_command

# Boards on GitHub
_handed_over configure_project_status_field create_project_board_view link_project_to_repo

# Locks
_handed_over lock_mtime lock_is_stale lock_has_live_pid clear_stale_lock release_task_lock is_bare_repo
lock_pid() { [ ! -f "$1/pid" ] || cat "$1/pid"; }
acquire_task_lock() { _orch acquire_task_lock "$1" "${2:-$$}"; }
acquire_lock() { :; }
release_lock() { :; }
with_lock() { "$@"; }

# Seconds before the attempt after this one: doubled each time, up to a bound.
retry_delay_seconds() {
  local base=${RETRY_BASE_SECONDS:-60} max=${RETRY_MAX_SECONDS:-3600} delay left=$1
  delay=$base
  while ((left-- > 1 && delay < max)); do delay=$((delay * 2)); done
  echo $((delay > max ? max : delay))
}

# Programs

# _require NAME…: ends the shell where one is missing.
_require() {
  local name
  for name; do
    if ! command -v "$name" >/dev/null 2>&1; then
      echo "$name is required but not found in PATH." >&2
      exit 1
    fi
  done
}
require_yq() { _require yq; }
require_jq() { _require jq; }
require_rg() { _require rg; }
require_fd() { _require fd; }
require_agent() { _require "$1"; }

# run_with_timeout COMMAND…: 124 where it takes longer than AGENT_TIMEOUT_SECONDS; 0 is no limit.
run_with_timeout() {
  local seconds=${AGENT_TIMEOUT_SECONDS:-1800} program
  if [ -z "$seconds" ] || [ "$seconds" = 0 ]; then
    "$@"
    return
  fi
  for program in timeout gtimeout; do
    if command -v "$program" >/dev/null 2>&1; then
      "$program" "$seconds" "$@"
      return
    fi
  done
  echo "No timeout utility available: install coreutils, which has timeout or gtimeout." >&2
  return 2
}

# A sign of life on a terminal while something takes long.
SPINNER_PID=""
start_spinner() {
  [ -t 2 ] || return 0
  (
    while :; do
      for mark in ⠋ ⠙ ⠹ ⠸ ⠼ ⠴ ⠦ ⠧ ⠇ ⠏; do
        printf '\r\033[K  %s %s' "$mark" "${1:-Working}" >&2
        # Whole seconds: the bash of macOS knows no others.
        read -r -t 1 <> <(:) || true
      done
    done
  ) &
  SPINNER_PID=$!
  disown "$SPINNER_PID" 2>/dev/null || true
}
stop_spinner() {
  [ -n "$SPINNER_PID" ] || return 0
  kill "$SPINNER_PID" 2>/dev/null || true
  SPINNER_PID=""
  printf '\r\033[K' >&2
}
