#!/usr/bin/env bash
# Where tasks live, and the jobs. Sourced by lib.sh.

_BACKEND_DIR=${BASH_SOURCE[0]%"${BASH_SOURCE[0]##*/}"}
_BACKEND_TYPE="${ORCH_BACKEND:-}"
if [ -z "$_BACKEND_TYPE" ] && [ -f "${CONFIG_PATH:-}" ]; then
  _BACKEND_TYPE=$(_orch config_get '.backend // "github"')
fi
_BACKEND_IMPL="${_BACKEND_DIR}backend_${_BACKEND_TYPE:-github}.sh"
if [ ! -f "$_BACKEND_IMPL" ]; then
  echo "Backend implementation not found: $_BACKEND_IMPL" >&2
  exit 1
fi
source "$_BACKEND_IMPL"

# The jobs: the project's own file where it has one, as in newest v0; else the home's.
if [ -z "${JOBS_FILE:-}" ]; then
  JOBS_FILE="$ORCH_HOME/jobs.yml"
  if [ -f "${PROJECT_DIR:-}/.orchestrator/jobs.yml" ]; then JOBS_FILE="$PROJECT_DIR/.orchestrator/jobs.yml"; fi
fi
_handed_over backend_init_jobs _jobs_file _read_jobs _write_jobs db_create_job db_job_field db_job_set db_job_list \
  db_job_delete db_enabled_job_count db_enabled_job_ids
db_load_job() {
  local _loaded
  _loaded=$(_orch db_load_job "$@") || return
  eval "$_loaded"
}

# Of a database that v0 once had.
db_acquire_lock() { :; }
db_release_lock() { :; }
db_with_lock() { "$@"; }
sql_escape() { printf '%s' "${1:-}"; }
db() { :; }
db_row() { :; }
db_json() { echo '[]'; }
db_scalar() { :; }
db_ensure_columns() { :; }
db_export_tasks_yaml() { :; }
db_next_id() { echo 0; }
