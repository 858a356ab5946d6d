#!/usr/bin/env bats
# v0's pages: how many issues stand where (status.sh), which there are (list_tasks.sh, tree.sh), dashboard and report.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() { v0_start; }
teardown() { v0_stop; }

# count STATUS: the line of status.sh that begins so.
count() { sed -n "s/^$1  *\([0-9]*\) *$/\1/p" <<<"$output"; }

# task TITLE STATUS: an issue of that status; prints its number.
task() {
  local id
  id=$(new_task "$1")
  [ "$2" = new ] || v0 db_task_set "$id" status "$2"
  echo "$id"
}

@test "without tasks every page says so" {
  run "$SCRIPTS/status.sh"
  [[ $output == "No tasks."* ]]
  run "$SCRIPTS/list_tasks.sh"
  [ "$output" = "No tasks." ]
  run "$SCRIPTS/tree.sh"
  [ "$output" = "No tasks." ]
  run "$SCRIPTS/dashboard.sh"
  [ "${lines[0]}" = "No tasks." ]
}

@test "tasks are counted by their status, and summed" {
  task A new >/dev/null
  task B routed >/dev/null
  task C in_progress >/dev/null
  task D in_progress >/dev/null
  task E in_review >/dev/null
  task F needs_review >/dev/null
  gh api --silent -X PATCH "repos/octo/demo/issues/$(task G "done")" -f state=closed
  run "$SCRIPTS/status.sh"
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "STATUS "*"QTY" ]]
  [ "$(count new) $(count routed) $(count in_progress) $(count in_review) $(count blocked) $(count needs_review)" = "1 1 2 1 0 1" ]
  [ "$(count "done") $(count open) $(count total)" = "1 6 7" ]
  [ "$("$SCRIPTS/status.sh" --json --global | jq -c '[.total, .open, .counts.in_progress]')" = "[7,6,2]" ]
  run "$SCRIPTS/status.sh" --global
  [[ $output == *"PROJECT"*"demo"* ]]
}

@test "the list has issue numbers, and the tree has children under their parents" {
  parent=$(task Parent new)
  child=$(v0 db_create_task Child "" "$PROJECT_DIR" "" "$parent")
  run "$SCRIPTS/list_tasks.sh"
  [[ ${lines[0]} == *ISSUE* && $output == *"#$child"* ]]
  run "$SCRIPTS/tree.sh"
  [ "$status" -eq 0 ]
  [[ $output == *"[$parent] (new) - - Parent"*"   └─ [$child] (new) - - Child"* || $output == *"[$parent] (new) - - Parent"*"│  └─ [$child] (new) - - Child"* ]]
}

@test "the dashboard has tasks, what they used, projects and worktrees" {
  id=$(task Sweep in_progress)
  v0 _sidecar_write "$id" input_tokens 1500
  v0 _sidecar_write "$id" output_tokens 30
  v0 _sidecar_write "$id" duration 125
  git worktree add --quiet -b sweep .orchestrator/worktrees/sweep
  run "$SCRIPTS/dashboard.sh"
  [ "$status" -eq 0 ]
  [[ $output == "Tasks: 1 total — 0 new, 0 routed, 1 in_progress"*"Active tasks:"*"Sweep"* ]]
  [[ $output == *"Usage:"*"Tokens: 1500 input / 30 output"*"Duration: 2m 5s"*"Cost: unknown"$'\n'* ]]
  [[ $output == *"Projects:"*"$PROJECT_DIR (1 active)"*"Worktrees:"*"/.orchestrator/worktrees/sweep (sweep)"* ]]
}

@test "the report has what was completed, what waits for a person and why, and open pull requests" {
  gh api --silent -X PATCH "repos/octo/demo/issues/$(task Swept "done")" -f state=closed
  id=$(task Stuck needs_review)
  v0 _sidecar_write "$id" last_error "no broom"
  git push --quiet origin HEAD:refs/heads/broom
  REPORT_SINCE_MINUTES=5 run "$SCRIPTS/progress_report.sh"
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "=== Progress Report (last 5m) ===" ]
  [[ $output == *"Completed since"*"Swept"*"In Progress"*"(none)"*"Needs Review"*"no broom"*"Stuck"*"Open PRs"*"=== End Report ===" ]]
}
