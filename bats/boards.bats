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

@test "v0's functions move a card into the same columns, and put it away" {
  number=$(project_issue "Say hello" "Add a line.")
  cp .orchestrator.yml "$ORCH_HOME/config.yml"
  export ORCH PROJECT_DIR=$PWD CONFIG_PATH=$ORCH_HOME/config.yml STATE_DIR=$PWD/.orchestrator
  v0() { bash -c 'source "$0/scripts/lib.sh"; "$@"' "$BATS_TEST_DIRNAME/.." "$@"; }
  [ "$(v0 map_status_to_project blocked)/$(v0 map_status_to_project nonsense)" = in_progress/backlog ]
  run -0 v0 sync_project_status "$number" in_review
  [ -z "$output" ]
  [ "$(column "$number")" = Review ]
  card=PVTI_$(state | jq -r --argjson n "$number" '.repositories[0].issues[] | select(.number == $n) | .node_id')
  run -0 v0 archive_project_item "$BOARD" "$card"
  [ "$(column "$number")" = null ]
  # Without a board there is nothing to do, and nothing to say.
  printf 'gh:\n  repo: octo/demo\n' >"$CONFIG_PATH"
  run -0 v0 sync_project_status "$number" "done"
  [ -z "$output" ]
}
