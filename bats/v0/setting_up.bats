#!/usr/bin/env bats
# v0's set-up: init.sh, project_add.sh and the boards that issues are moved along in.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() {
  v0_start
  PLACE=$PROJECT_FOLDER/place
  mkdir "$PLACE"
  unset ORCH_GH_REPO STATE_DIR
}
teardown() { v0_stop; }

# A `gh` in v0's shape that knows one board, whose columns are the arguments.
board_with() {
  local options='' name number=0
  for name; do
    number=$((number + 1))
    options+=${options:+,}"{\"id\":\"opt_$number\",\"name\":\"$name\"}"
  done
  cat >"$PROJECT_FOLDER/bin/gh" <<SH
#!/usr/bin/env bash
printf '%s\n' "\$*" >>"$PROJECT_FOLDER/gh-calls"
case "\$*" in
  *graphql*updateProjectV2Field*) echo '{"data":{"updateProjectV2Field":{}}}' ;;
  *graphql*fields\(first*) echo '{"data":{"node":{"fields":{"nodes":[{},{"id":"F1","name":"Status","options":[$options]}]}}}}' ;;
  *) exit 1 ;;
esac
SH
  chmod +x "$PROJECT_FOLDER/bin/gh"
  export PATH="$PROJECT_FOLDER/bin:$PATH"
}

setting() { "$ORCH" config get "$1" --project "$PLACE" 2>/dev/null || sed -n "s/^ *$1: *//p" "$PLACE/orchestrator.yml"; }

@test "init says what it initialises, and asks nobody who is not there" {
  PROJECT_DIR=$PLACE run "$SCRIPTS/init.sh" </dev/null
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "Initialized orchestrator for place" ]
  [ "${lines[1]}" = "  Project: $PLACE" ]
  [ ! -e "$PLACE/orchestrator.yml" ]
}

@test "init writes the repository that it is told, keeps it, and replaces it by another" {
  PROJECT_DIR=$PLACE run "$SCRIPTS/init.sh" --repo octo/one </dev/null
  [ "$status" -eq 0 ]
  [ "$(setting repo)" = octo/one ]
  grep -q '^  sync_label:' "$PLACE/orchestrator.yml"
  printf '# mine\n' >>"$PLACE/orchestrator.yml"

  PROJECT_DIR=$PLACE run "$SCRIPTS/init.sh" </dev/null
  [ "$status" -eq 0 ]
  [[ $output == *"Config: orchestrator.yml (existing)"* ]]
  [ "$(setting repo)" = octo/one ]

  PROJECT_DIR=$PLACE run "$SCRIPTS/init.sh" --repo octo/two </dev/null
  [ "$status" -eq 0 ]
  [ "$(setting repo)" = octo/two ]
  grep -qx '# mine' "$PLACE/orchestrator.yml"
}

@test "init knows no other option" {
  PROJECT_DIR=$PLACE run "$SCRIPTS/init.sh" --organisation octo </dev/null
  [ "$status" -eq 1 ]
  [[ $output == *"Unknown option: --organisation"* ]]
}

@test "init puts a repository on the list of projects once" {
  git init --quiet "$PLACE"
  for _ in 1 2; do PROJECT_DIR=$PLACE "$SCRIPTS/init.sh" --repo octo/one </dev/null >/dev/null; done
  [ "$(grep -c "path: $PLACE" "$ORCH_HOME/projects.yml")" -eq 1 ]
}

@test "init finds a board's columns by their usual names, in any case" {
  board_with BACKLOG "in progress" Review Done
  PROJECT_DIR=$PLACE run "$SCRIPTS/init.sh" --repo octo/one --project-id PVT_1 </dev/null
  [ "$status" -eq 0 ]
  [[ $output == *"Detected status options:"*"backlog -> opt_1"*"in_progress -> opt_2"*"review -> opt_3"*"done -> opt_4"* ]]
  [ "$(setting project_status_field_id)" = F1 ]
  [ "$(setting in_progress)" = opt_2 ]
}

@test "init finds a board's columns by the names that are configured, the first that is there" {
  cat >"$PLACE/orchestrator.yml" <<'YAML'
gh:
  repo: octo/one
  project_status_names:
    backlog: Todo
    in_progress: Doing
    review: ["In Review", "QA Review"]
    done: Closed
YAML
  board_with Todo Doing "QA Review"
  PROJECT_DIR=$PLACE run "$SCRIPTS/init.sh" --project-id PVT_1 </dev/null
  [ "$status" -eq 0 ]
  [[ $output == *"backlog -> opt_1"*"in_progress -> opt_2"*"review -> opt_3"*"done -> (not found)"* ]]
  grep -A4 'project_status_map:' "$PLACE/orchestrator.yml" | grep -q 'review: opt_3'
}

@test "a board that does not answer stops nothing but itself" {
  board_with
  printf '#!/bin/sh\nexit 1\n' >"$PROJECT_FOLDER/bin/gh"
  PROJECT_DIR=$PLACE run "$SCRIPTS/init.sh" --repo octo/one --project-id PVT_1 </dev/null
  [ "$status" -eq 0 ]
  [ "$(setting project_id)" = PVT_1 ]
  [[ $output == *"GitHub connected: octo/one (? open issues)"* ]]
}

@test "a new board gets the columns that issues are moved along" {
  board_with Todo
  run "$ORCH" v0 configure_project_status_field PVT_1
  [ "$status" -eq 0 ]
  [ "$output" = "Configured project status columns: Backlog, In Progress, Review, Done" ]
  grep -q 'updateProjectV2Field.*Backlog.*In Progress.*Review.*Done' "$PROJECT_FOLDER/gh-calls"
}

@test "a repository is found under every form of its name, and fetched where it is cloned" {
  clone=$ORCH_HOME/projects/octo/app.git
  mkdir -p "${clone%/*}"
  git clone --quiet --bare "$REMOTE" "$clone"
  git commit --quiet --allow-empty -m More
  git push --quiet
  git -C "$clone" config remote.origin.fetch '+refs/heads/*:refs/heads/*'
  for name in octo/app https://github.com/octo/app.git https://github.com/octo/app git@github.com:octo/app.git; do
    rm -f "$clone/orchestrator.yml"
    run "$SCRIPTS/project_add.sh" "$name" </dev/null
    [ "$status" -eq 0 ]
    [[ $output == *"Already cloned"*"Repo:      octo/app"* ]]
    grep -q 'repo: octo/app' "$clone/orchestrator.yml"
  done
  [ "$(git -C "$clone" rev-parse main)" = "$(git rev-parse HEAD)" ]
}

@test "what is no repository's name is refused" {
  run "$SCRIPTS/project_add.sh" "not a repository"
  [ "$status" -eq 1 ]
  [[ $output == *"Invalid repo: not a repository (expected owner/repo)"* ]]
  run "$SCRIPTS/project_add.sh"
  [ "$status" -eq 1 ]
  [[ $output == *"Usage: orchestrator project add <owner/repo>"* ]]
}

@test "setup puts v0's command into a folder, and says which agents there are" {
  needs_just
  printf 'skills: []\n' >"$ORCH_HOME/skills.yml"
  printf '#!/bin/sh\n' >"$PROJECT_FOLDER/bin/codex"
  chmod +x "$PROJECT_FOLDER/bin/codex"
  PATH="$PROJECT_FOLDER/bin:$PATH" BIN_DIR=$PROJECT_FOLDER/commands run "$SCRIPTS/setup.sh" </dev/null
  [ "$status" -eq 0 ]
  [[ $output == *"Agent CLIs:"*"codex: $PROJECT_FOLDER/bin/codex"*"Binary: $PROJECT_FOLDER/commands/orchestrator"* ]]
  unset PROJECT_DIR
  run "$PROJECT_FOLDER/commands/orchestrator" task add "By v0's command" "" ""
  [ "$status" -eq 0 ]
  [ "$output" = "Added task 1: By v0's command" ]
}

@test "setup without any agent says so and fails" {
  printf 'skills: []\n' >"$ORCH_HOME/skills.yml"
  run env PATH=/usr/bin:/bin BIN_DIR="$PROJECT_FOLDER/commands" "$SCRIPTS/setup.sh" </dev/null
  [ "$status" -eq 1 ]
  [[ $output == *"No agent CLIs found"* ]]
}
