#!/usr/bin/env bats
# Pages that tell how things stand: the dashboard and the report.

bats_require_minimum_version 1.5.0
load helpers/project

setup() { project_start; }

teardown() { project_stop; }

@test "the dashboard has tasks, projects and worktrees" {
  run "$ORCH" dashboard
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "No tasks." ]
  "$ORCH" task add "Write a haiku" --agent demo >/dev/null
  "$ORCH" tick --wait >/dev/null
  "$ORCH" task add "Another one" >/dev/null
  run "$ORCH" dashboard
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "Tasks: 2 total — 1 new, 0 routed, 0 in_progress, 0 in_review, 0 blocked, 1 done, 0 needs_review" ]
  [[ $output == *"Active tasks:"*"Another one"*"Projects:"*"$PWD (1 active)"* ]]
  [[ $output == *"Worktrees:"*"/task-i1-write-a-haiku (task-i1-write-a-haiku)"* ]]
  [ "$("$ORCH" dashboard --json | jq -c '[.counts.done, .projects[0].worktrees[0].branch]')" = '[1,"task-i1-write-a-haiku"]' ]
}

@test "the report tells what was completed lately, and what waits" {
  "$ORCH" task add "Write a haiku" --agent demo >/dev/null
  "$ORCH" tick --wait >/dev/null
  "$ORCH" task add "Another one" >/dev/null
  run "$ORCH" task report
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "=== Progress Report (last 60m) ===" ]
  [[ $output == *"Completed since"*"Write a haiku"*"In Progress"*"(none)"*"Queued (new/routed)"*"Another one"*"=== End Report ===" ]]
  run "$ORCH" task report --since 90m --json
  [ "$(jq -c '[.completed[0].title, .open[0].title]' <<<"$output")" = '["Write a haiku","Another one"]' ]
}
