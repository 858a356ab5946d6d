#!/usr/bin/env bats
# Labels: which are written, whose issues are tasks, and what lists and counts make of them.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() { v0_start; }
teardown() { v0_stop; }

labels() { issue "$1" '.labels | map(.name) | sort | join(",")'; }

# foreign TITLE LOGIN LABELS: an issue that somebody wrote.
foreign() {
  github_admin POST issues "$(jq -cn --arg t "$1" --arg l "$2" --arg n "${3:-}" \
    '{repository: "octo/demo", title: $t, login: $l, labels: ($n | split(",") | map(select(. != "")))}')" | jq -r .number
}

@test "reserved prefixes take only what means something" {
  for label in status:{new,routed,in_progress,done,blocked,in_review,needs_review} agent:{claude,codex,opencode,kimi} \
    model:any-thing skill:x job:y complexity:simple role:docs plain ''; do
    v0 _gh_validate_label "$label"
  done
  for label in status:invalid agent:nobody complexity:z role:wizard; do run -1 v0 _gh_validate_label "$label"; done
  printf 'agents:\n  mine:\n    command: [my-agent]\n' >>"$CONFIG_PATH"
  v0 _gh_validate_label agent:mine
}

@test "a model that is not its agent's is told, for a diagnosis" {
  for pair in 'claude opus-4' 'claude claude-3' 'codex o3' 'codex gpt-4o' 'opencode whatever' 'claude ' ' x'; do
    # shellcheck disable=SC2086
    v0 _gh_validate_agent_model ${pair% *} "${pair#* }"
  done
  run -1 v0 _gh_validate_agent_model claude gpt-4
  run -1 v0 _gh_validate_agent_model codex sonnet
}

@test "invalid labels of a new task are left out, the others stay" {
  id=$(v0 db_create_task Title Body '' 'bug,status:strange,skill:docker' '' claude)
  [ "$(labels "$id")" = agent:claude,bug,skill:docker,status:new ]
}

@test "labels are added, removed and replaced" {
  id=$(new_task Labels '' old)
  v0 db_add_label "$id" fresh
  run -1 v0 db_add_label "$id" status:nonsense
  [ "$(v0 db_task_labels_csv "$id" | tr , '\n' | sort | paste -sd,)" = fresh,old,status:new ]
  v0 db_task_has_label "$id" fresh
  v0 db_remove_label "$id" old
  run -1 v0 db_task_has_label "$id" old
  v0 db_set_labels "$id" 'a, b'
  [ "$(labels "$id")" = a,b ]
  [ "$(v0 db_task_labels_json "$id" | jq -c sort)" = '["a","b"]' ]
}

@test "a status label is exchanged in its colour, and nonsense refused" {
  id=$(new_task Status)
  v0 _gh_set_status_label "$id" blocked
  [ "$(labels "$id")" = status:blocked ]
  [ "$(v0 _gh_status_color blocked)/$(v0 _gh_status_color unknown)" = d73a4a/c5def5 ]
  [ "$(issue "$id" '.labels[0].color')" = d73a4a ]
  run -1 v0 _gh_set_status_label "$id" finished
}

@test "open issues of those who may drive become tasks; others stay as they are" {
  own=$(foreign 'By the owner' octo bug)
  held=$(foreign Held octo no-agent)
  strange=$(foreign 'By a stranger' mallory)
  friend=$(foreign 'By a friend' trusted-bot)
  printf 'workflow:\n  allowed_authors: [trusted-bot]\n' >>"$CONFIG_PATH"
  run -0 --separate-stderr v0 db_normalize_new_issues
  [[ $stderr == *"not an allowed author"* ]]
  [ "$(labels "$own")/$(labels "$held")/$(labels "$strange")/$(labels "$friend")" = \
    'bug,status:new/no-agent//status:new' ]
  v0 _gh_is_allowed_author octo
  run -1 v0 _gh_is_allowed_author mallory
  [ "$(v0 _gh_allowed_authors)" = octo,trusted-bot ]
}

@test "without a repository nothing becomes a task" {
  id=$(foreign Somewhere octo)
  : >"$CONFIG_PATH"
  run -1 v0 db_normalize_new_issues
  [[ $output == *'No GitHub repo configured'* ]]
  [ -z "$(labels "$id")" ]
}

@test "the list of a status holds its issues, and none that waits for a person" {
  plain=$(new_task Plain)
  held=$(new_task Held '' no-agent)
  waiting=$(new_task Waiting)
  v0 db_add_label "$waiting" status:needs_review
  foreign 'Of a stranger' mallory status:new
  [ "$(v0 db_task_ids_by_status new | sort | paste -sd,)" = "$plain,$held" ]
  [ "$(v0 db_task_ids_by_status new no-agent)" = "$plain" ]
  [ "$(v0 db_task_ids_by_status needs_review)" = "$waiting" ]
}

@test "tasks are counted by status" {
  new_task One
  new_task Two
  v0 db_task_set "$(new_task Three)" status blocked
  [ "$(v0 db_task_count new)/$(v0 db_status_count blocked)/$(v0 task_count)" = 2/1/3 ]
}
