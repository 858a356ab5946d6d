#!/usr/bin/env bats
# How a project comes by its board on GitHub.

bats_require_minimum_version 1.5.0
load helpers/github_project

board() { github_admin POST boards "$1" | jq -r .id; }

@test "a new board gets columns, is linked, and becomes the project's" {
  printf '# mine\n' >>.orchestrator.yml
  run "$ORCH" project create "Our work"
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "Created project #1: Our work" ]
  [[ $output == *"Project ID: PVT_1"*"in_progress -> opt_1_1"*"done -> opt_1_3"*"https://github.com/users/octo/projects/1/workflows"* ]]
  [ "$("$ORCH" config get gh.project_id)" = PVT_1 ]
  [ "$("$ORCH" config get gh.project_status_map.review)" = opt_1_2 ]
  grep -qx '# mine' .orchestrator.yml
  [ "$("$ORCH" project info --json | jq -c '[.title, (.columns | map(.name))]')" = '["Our work",["Backlog","In Progress","Review","Done"]]' ]
  github_requests | grep -q 'POST /users/octo/projectsV2/1/views 201'
}

@test "a board that is there is taken, its columns by the names that are configured" {
  id=$(board '{"title":"Old","columns":["Todo","Doing","QA","Done"]}')
  printf '  project_status_names: {backlog: Todo, in_progress: [Doing], review: [In Review, QA]}\n' >>.orchestrator.yml
  run "$ORCH" init --project-id "$id"
  [ "$status" -eq 0 ]
  [[ $output == *"backlog -> opt_1_0"*"in_progress -> opt_1_1"*"review -> opt_1_2"*"done -> opt_1_3"* ]]
  id=$(board '{"title":"Other","columns":["Todo"]}')
  run "$ORCH" project create --use "$id" --json
  [ "$(jq -c '[.id, .columns.backlog, .columns.done]' <<<"$output")" = '["PVT_2","opt_2_0",null]' ]
  [ "$("$ORCH" config get gh.project_id)" = PVT_2 ]
  # What the other board has no column for is not the first one's.
  [ -z "$("$ORCH" config get gh.project_status_map.done)" ]
}

@test "without a board, or with one that is gone, its information says what to do" {
  run "$ORCH" project info
  [ "$status" -eq 1 ]
  [[ $output == *"has no board"*"orch project create"* ]]
  "$ORCH" config set gh.project_id PVT_9 --project-file
  run "$ORCH" project info
  [ "$status" -eq 1 ]
}
