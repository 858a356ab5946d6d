#!/usr/bin/env bats
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# A task's fields: those that are the issue's, and those in the file beside it.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() { v0_start; }
teardown() { v0_stop; }

@test "a new task is an issue with the status label, and a sidecar of text values" {
  run -0 "$SCRIPTS/add_task.sh" 'Sweep the yard' 'All of it' 'outside, tools'
  [ "$output" = 'Added task 1: Sweep the yard' ]
  [ "$(issue 1 '[.title, .body, (.labels | map(.name) | sort | join(","))] | join("|")')" = \
    'Sweep the yard|All of it|outside,status:new,tools' ]
  [ "$(jq -c '[.dir, .attempts, .needs_help, .status]' "$STATE_DIR/tasks/1.json")" = \
    "[\"$PROJECT_DIR\",\"0\",\"false\",\"new\"]" ]
  [ "$(v0 db_task_field 1 title)/$(v0 db_task_field 1 dir)/$(v0 db_task_field 1 status)" = "Sweep the yard/$PROJECT_DIR/new" ]
}

@test "a task without a title is refused, and a dry run makes nothing" {
  run -1 "$SCRIPTS/add_task.sh"
  [[ $output == *usage:* ]]
  run -0 --separate-stderr "$SCRIPTS/add_task.sh" --dry-run 'A title' 'A body' 'good,status:bad'
  [ "${lines[0]}" = 'Dry run: would create GitHub issue in octo/demo' ]
  [ "${lines[3]}" = 'labels: status:new, good' ]
  [ "$(github_admin GET state | jq '.repositories[0].issues | length')" = 0 ]
}

@test "ids are the issues' numbers, each task its own" {
  [ "$(new_task One)/$(new_task Two)" = 1/2 ]
  run -1 --separate-stderr "$SCRIPTS/add_task.sh" -p nobody/nothing Title
  [[ $stderr == *'Project not found: nobody/nothing'* ]]
}

@test "setting a status exchanges its label, and sets the sidecar" {
  id=$(new_task Move '' keep)
  v0 db_task_set "$id" status in_progress
  [ "$(issue "$id" '.labels | map(.name) | sort | join(",")')" = keep,status:in_progress ]
  [ "$(jq -r .status "$STATE_DIR/tasks/$id.json")" = in_progress ]
  run -1 v0 db_task_set "$id" status finished
  [ "$(v0 db_task_field "$id" status)" = in_progress ]
}

@test "many fields change at once, and NULL clears" {
  id=$(new_task Change)
  v0 db_task_update "$id" status=done agent=claude 'summary=All = well' attempts=3
  [ "$(v0 db_task_field "$id" status)/$(v0 db_task_field "$id" agent)/$(v0 db_task_field "$id" summary)" = \
    'done/claude/All = well' ]
  v0 db_task_update "$id" agent=NULL summary=NULL
  [ -z "$(v0 db_task_field "$id" agent)$(v0 db_task_field "$id" summary)" ]
  [ "$(v0 task_field "$id" .attempts)" = 3 ]
  v0 task_set "$id" .attempts 4
  [ "$(v0 db_task_field "$id" attempts)" = 4 ]
}

@test "a claim succeeds once, from the status that it names" {
  id=$(new_task Claim)
  v0 db_task_claim "$id" new in_progress
  run -1 v0 db_task_claim "$id" new in_progress
  [ "$(v0 db_task_field "$id" status)" = in_progress ]
}

@test "what is no issue has no fields, and is no error" {
  for id in 99 abc '' ../1; do
    run -0 v0 db_task_field "$id" title
    [ -z "$output" ]
  done
  run -1 v0 load_task 99
}

@test "loading a task sets a shell's variables, whatever stands in them" {
  id=$(new_task "It's \$(touch $PROJECT_FOLDER/hacked) \`x\`" $'two\nlines' 'complexity:simple')
  run -0 bash -c 'source "$1/lib.sh"; load_task "$2"
    printf "%s|" "$TASK_TITLE" "$TASK_BODY" "$TASK_STATUS" "$TASK_COMPLEXITY" "$ATTEMPTS" "$ROLE" "$GH_ISSUE_NUMBER"' \
    - "$SCRIPTS" "$id"
  [ "$output" = "It's \$(touch $PROJECT_FOLDER/hacked) \`x\`|two
lines|new|simple|0|general|$id|" ]
  [ ! -e "$PROJECT_FOLDER/hacked" ]
}

@test "a torn sidecar is kept aside and hides no task" {
  id=$(new_task Torn)
  printf '{"attempts": "2"' >"$STATE_DIR/tasks/$id.json"
  [ -z "$(v0 db_task_field "$id" attempts)" ]
  compgen -G "$STATE_DIR/tasks/$id.json.corrupt-*"
  v0 db_task_set "$id" attempts 1
  [ "$(v0 db_task_field "$id" attempts)" = 1 ]
}

@test "sidecars are read, written and merged field by field" {
  v0 _sidecar_write 5 branch 'a "b"'
  v0 _sidecar_merge 5 '{"deep":{"x":1},"attempts":"2"}'
  v0 _sidecar_merge 5 '{"deep":{"y":2}}'
  [ "$(v0 _sidecar_read 5 branch)/$(v0 _sidecar_read 5 attempts)/$(v0 _sidecar_read 5 none)" = 'a "b"/2/' ]
  [ "$(v0 _sidecar_full 5 | jq -c .deep)" = '{"x":1,"y":2}' ]
  v0 db_set_files 5 'a.txt, b.txt'
  [ "$(v0 db_task_files_csv 5)" = 'a.txt, b.txt' ]
  [ "$(v0 db_task_files_list 5)" = $'- `a.txt`\n- `b.txt`' ]
  v0 _sidecar_write 5 dir /somewhere
  [ "$(v0 db_task_id_by_branch 'a "b"' /somewhere)" = 5 ]
  run -1 v0 _sidecar_write ../escape field value
}

@test "a part is a sub-issue of its parent, and both are shown in the tree" {
  parent=$(new_task Whole)
  child=$(PROJECT_DIR=$PROJECT_DIR v0 create_task_entry '' 'A part' 'Its text' sub "$parent" codex)
  [ "$(v0 db_task_children "$parent")" = "$child" ]
  [ "$(v0 db_task_field "$child" agent)/$(v0 db_task_field "$child" parent_id)" = "codex/$parent" ]
  run -0 "$SCRIPTS/tree.sh"
  [[ $output == *"[$parent] (new) - - Whole"*"   └─ [$child] (new) codex - A part"* ]]
  run -0 v0 build_parent_context "$child"
  [[ $output == *"Parent task #$parent: Whole"* ]]
}
