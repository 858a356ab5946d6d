#!/usr/bin/env bash
# Tasks that are GitHub's issues. Sourced by backend.sh.

_GH_REPO="${_GH_REPO:-${ORCH_GH_REPO:-}}"
_GH_ALLOWED_AUTHORS=""
_GH_STATUS_PREFIX="status:"
_GH_AGENT_PREFIX="agent:"
_GH_COMPLEXITY_PREFIX="complexity:"
_GH_SKILL_PREFIX="skill:"
_GH_MODEL_PREFIX="model:"
_GH_COMMENT_MARKER="<!-- orch:agent-response -->"

# The repository
_gh_ensure_repo() { [ -n "${_GH_REPO:-}" ] || _GH_REPO=$(_orch _gh_ensure_repo); }
_handed_over _gh_allowed_authors _gh_is_allowed_author
db_exists() { _gh_ensure_repo 2>/dev/null; }
db_init() { _sidecar_ensure && backend_init_jobs; }

# Sidecars
_gh_sidecar_dir() { echo "$STATE_DIR/tasks"; }
_sidecar_path() { echo "$STATE_DIR/tasks/$1.json"; }
_sidecar_ensure() { mkdir -p "$STATE_DIR/tasks"; }
_handed_over _sidecar_read _sidecar_write _sidecar_write_json _sidecar_merge _sidecar_full

# Labels
_gh_status_label() { echo "status:$1"; }
_handed_over _gh_status_from_labels _gh_agent_from_labels _gh_complexity_from_labels _gh_model_from_labels \
  _gh_ensure_label ensure_label _gh_status_color _gh_validate_label _gh_validate_agent_model _gh_set_status_label \
  _gh_set_prefixed_label _gh_remove_prefixed_labels db_task_labels db_task_labels_csv db_task_labels_json db_set_labels \
  db_add_label db_remove_label db_task_has_label

# One task
_handed_over db_task_field db_task_set db_task_update db_task_claim db_create_task db_create_task_from_gh db_task_json \
  db_set_files db_task_files_csv db_set_accomplished db_set_remaining db_set_blockers db_set_selected_skills \
  db_task_accomplished db_task_remaining db_task_blockers db_task_files db_task_accomplished_list \
  db_task_remaining_list db_task_blockers_list db_task_files_list
db_load_task() {
  local _loaded
  _loaded=$(_orch db_load_task "$@") || return
  eval "$_loaded"
}
db_task_id_by_gh_issue() { echo "$1"; }
# GitHub is the truth: there is nothing to bring into step.
db_dirty_task_ids() { :; }
db_dirty_task_count() { echo 0; }
db_task_set_synced() { :; }

# The board
_handed_over map_status_to_project sync_project_status
# archive_project_item BOARD CARD
archive_project_item() {
  # shellcheck disable=SC2016 # These are GraphQL's variables.
  gh_api graphql -f projectId="$1" -f itemId="$2" -f query='mutation ArchiveCard($projectId: ID!, $itemId: ID!) {
    archiveProjectV2Item(input: {projectId: $projectId, itemId: $itemId}) { item { id } } }' 2>/dev/null || true
}

# Many tasks
_handed_over db_task_count db_task_ids_by_status db_normalize_new_issues db_task_children db_task_id_by_branch \
  db_all_task_ids db_total_task_count db_status_count db_total_filtered_count db_task_display_tsv \
  db_task_display_tsv_global db_task_usage_tsv db_task_projects db_task_active_count_for_dir db_task_roots \
  db_status_json db_tasks_with_branches
# The directory to filter by; none in the home itself.
db_dir_where() { [ "${PROJECT_DIR:-}" = "$ORCH_HOME" ] && echo || echo "${PROJECT_DIR:-}"; }

# Comments
_handed_over agent_badge db_append_history db_task_history db_task_history_formatted _gh_parse_agent_comment \
  _gh_extract_section _gh_extract_table_field db_store_agent_response db_store_agent_arrays _gh_post_agent_comment \
  db_should_skip_comment db_store_comment_hash read_prompt_file read_tool_summary
