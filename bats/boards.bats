#!/usr/bin/env bats
# Boards on GitHub, on which a project's issues are moved along.

bats_require_minimum_version 1.5.0
load helpers/github_project

setup() {
  github_project_start
  github_lean
  BOARD=$(github_admin POST boards '{"title":"Work","columns":["Todo","In Progress","Review","Done"]}' | jq -r .id)
  cat >.orchestrator.yml <<YAML
gh:
  repo: octo/demo
  project_id: $BOARD
  project_status_names:
    backlog: [Todo, Backlog]
YAML
}

column() { github_admin GET boards | jq -r --arg n "$1" '.Work[$n]'; }

@test "an issue's card follows its task, with columns found by name" {
  number=$(project_issue "Say hello" "Add a line.")
  "$ORCH" tick --wait
  run -0 "$ORCH" sync --phase boards
  [ "$(column "$number")" = Review ]
  github_admin POST change "{\"repository\":\"octo/demo\",\"number\":$number,\"state\":\"closed\"}" >/dev/null
  "$ORCH" tick
  run -0 "$ORCH" sync --phase boards
  [ "$(column "$number")" = Done ]
}

@test "a board costs nothing while no task has moved, and one call for one that has" {
  github_real
  number=$(project_issue "Say hello" "Add a line.")
  other=$(project_issue "Another" "Add a line.")
  printf 'workflow:\n  parallel: 0\n' >>.orchestrator.yml
  "$ORCH" tick
  "$ORCH" sync --phase boards
  [ "$(column "$number")" = Todo ]
  : >"$GITHUB_LOG"
  run -0 --separate-stderr "$ORCH" sync --phase boards
  [ -z "$output$stderr" ]
  [ -z "$(github_requests)" ]
  github_admin POST change "{\"repository\":\"octo/demo\",\"number\":$other,\"labels\":[\"status:needs_review\"]}" >/dev/null
  "$ORCH" tick
  : >"$GITHUB_LOG"
  run -0 "$ORCH" sync --phase boards
  [ "$(column "$other")" = Review ]
  [ "$(github_requests)" = "POST /graphql:MoveCard 200" ]
}

@test "a column that the board does not have is said, with what to do, and stops no other" {
  sed -i 's/backlog: .*/review: Nowhere/' .orchestrator.yml
  number=$(project_issue "Say hello" "Add a line.")
  "$ORCH" tick --wait
  run -1 "$ORCH" sync --phase boards
  [[ $output == *"no column for review"*"gh.project_status_names.review"* ]]
}
