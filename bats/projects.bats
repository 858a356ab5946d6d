#!/usr/bin/env bats
# Setting up: a repository becomes a project, the configuration is read, checked and changed, the shell learns the words.

# shellcheck disable=SC2154 # `run --separate-stderr` sets $stderr.
# shellcheck disable=SC2016 # Backticks are part of what orch says.
bats_require_minimum_version 1.5.0
load helpers/github
load helpers/project

setup() { project_start; }

teardown() {
  github_stop
  project_stop
}

@test "init done twice changes nothing, and leaves nothing to commit but its file" {
  local before after
  before=$(cat "$ORCH_HOME/projects.yml" .orchestrator.yml .git/info/exclude)
  run "$ORCH" init
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "A project already: "* ]]
  after=$(cat "$ORCH_HOME/projects.yml" .orchestrator.yml .git/info/exclude)
  [ "$before" = "$after" ]
  mkdir -p .orchestrator
  touch .orchestrator/state
  [ "$(git status --porcelain)" = "?? .orchestrator.yml" ]
}

@test "init finds the repository from below, and GitHub from the remote" {
  git init --quiet "$PROJECT_FOLDER/other"
  git -C "$PROJECT_FOLDER/other" remote add origin git@github.com:octo/other.git
  mkdir -p "$PROJECT_FOLDER/other/a/b"
  cd "$PROJECT_FOLDER/other/a/b"
  [ "$("$ORCH" init --json | jq -r .repository)" = octo/other ]
  [ "$("$ORCH" config gh.repo)" = octo/other ]
  [ "$("$ORCH" project list --json | jq -r 'map(.name) | join(" ")')" = "work other" ]
}

@test "a folder without a repository is no project" {
  mkdir "$PROJECT_FOLDER/empty"
  cd "$PROJECT_FOLDER/empty"
  run --separate-stderr "$ORCH" init
  [ "$status" -eq 1 ]
  [[ $stderr == *"is no git repository"*"git init"* ]]
}

@test "a project that is removed keeps its folder" {
  run "$ORCH" project remove work
  [ "$status" -eq 0 ]
  [ -d .git ]
  [ "$("$ORCH" project list --json)" = "[]" ]
  run --separate-stderr "$ORCH" project remove work
  [ "$status" -eq 2 ]
}

@test "of two folders of one name, only the one that the list calls so is removed" {
  git init --quiet "$PROJECT_FOLDER/other/work"
  (cd "$PROJECT_FOLDER/other/work" && "$ORCH" init >/dev/null)
  [ "$("$ORCH" project remove work --json)" = "[\"$PROJECT_FOLDER/work\"]" ]
  [ "$("$ORCH" project list --json | jq -r '.[].directory')" = "$PROJECT_FOLDER/other/work" ]
}

# A second project, `two`, whose configuration cannot be used.
break_second_project() {
  git init --quiet "$PROJECT_FOLDER/two"
  (cd "$PROJECT_FOLDER/two" && "$ORCH" init >/dev/null)
  printf 'workflow:\n  parallel: many\n' >"$PROJECT_FOLDER/two/.orchestrator.yml"
}

@test "a project with a broken configuration is said by every tick, and stops no other" {
  break_second_project
  "$ORCH" task add "Write a haiku" --agent demo
  run --separate-stderr "$ORCH" tick --json
  [ "$status" -eq 1 ]
  [ "$(jq -c '[.decisions[] | select(.phase == "observe") | [.project, .ok]]' <<<"$output")" = \
    "[[\"$PROJECT_FOLDER/two\",false]]" ]
  [[ $output == *"workflow.parallel"* ]]
  [[ $output == *"demo starts"* ]]
  # The other one's command has nothing to say of it.
  run --separate-stderr "$ORCH" task list
  [ "$status" -eq 0 ]
  [ -z "$stderr" ]
  run --separate-stderr "$ORCH" task list --global
  [[ $stderr == *"two/.orchestrator.yml:2:"* ]]
}

@test "commands about a broken project say what is wrong with it" {
  break_second_project
  for words in "task list --project two" "task add X --project two" "tick --project two"; do
    # shellcheck disable=SC2086 # Several words.
    run --separate-stderr "$ORCH" $words
    [ "$status" -eq 3 ]
    [[ $stderr == *"two/.orchestrator.yml:2:"*"workflow.parallel"* ]]
  done
  cd "$PROJECT_FOLDER/two"
  run --separate-stderr "$ORCH" task list
  [ "$status" -eq 3 ]
  run "$ORCH" doctor --project two
  [[ $output == *"two/.orchestrator.yml:2:"* ]]
  [[ $output != *"no project yet"* ]]
  run "$ORCH" project list
  [ "$status" -eq 0 ]
  [[ $output == *"two"*"cannot be used"*"$PROJECT_FOLDER/two"* ]]
  [ "$("$ORCH" project list --json | jq -c 'map([.name, .error != null])')" = '[["work",false],["two",true]]' ]
}

@test "a project whose folder is gone is missed until it is removed" {
  break_second_project
  rm -r "$PROJECT_FOLDER/two"
  run --separate-stderr "$ORCH" tick
  [ "$status" -eq 1 ]
  [[ $stderr == *"there is no folder"*"two"*'`orch project remove '* ]]
  "$ORCH" project remove two
  "$ORCH" tick
}

@test "where the only project is broken, wrong configuration is the exit status" {
  printf 'workflow:\n  parallel: many\n' >.orchestrator.yml
  for words in "tick" "task list" "task status"; do
    # shellcheck disable=SC2086 # Several words.
    run --separate-stderr "$ORCH" $words
    [ "$status" -eq 3 ]
    [[ $stderr == *".orchestrator.yml:2:"* ]]
  done
}

@test "a repository on GitHub is cloned, bare, into the home" {
  shim gh <<'SHIM'
[ "$1 $2 $3" = "repo clone octo/app" ] || exit 9
exec git clone --quiet --bare "$folder/remote.git" "$4"
SHIM
  run --separate-stderr "$ORCH" project add octo/app
  [ "$status" -eq 0 ]
  [ "$(git -C "$ORCH_HOME/projects/octo/app.git" rev-parse --is-bare-repository)" = true ]
  [ "$("$ORCH" project list --json | jq -r 'map(.name) | sort | join(" ")')" = "app work" ]
  # Again: nothing is cloned a second time.
  run --separate-stderr "$ORCH" project add octo/app
  [ "$status" -eq 0 ]
  [[ $stderr == *"Cloned already"* ]]
}

@test "half a clone is never taken for one" {
  shim gh <<'SHIM'
mkdir -p "$4" && printf 'connection reset\nTry again later.\n' >&2
exit 1
SHIM
  run --separate-stderr "$ORCH" project add octo/app
  [ "$status" -eq 1 ]
  [[ $stderr == *"octo/app cannot be cloned: connection reset; Try again later."* ]]
  [ "$("$ORCH" project list --json | jq length)" -eq 1 ]
}

@test "one key changes, and the comments stay" {
  printf '# mine\nworkflow:\n  parallel: 4 # four\n' >"$ORCH_HOME/config.yml"
  "$ORCH" config set workflow.parallel 2
  grep -q '# mine' "$ORCH_HOME/config.yml"
  [ "$("$ORCH" config workflow.parallel)" = 2 ]
  "$ORCH" config set workflow.parallel 3 --project-file
  [ "$("$ORCH" config get workflow.parallel)" = 3 ]
  [ "$("$ORCH" config get workflow --json | jq .parallel)" = 3 ]
  [ "$("$ORCH" config --json workflow | jq .parallel)" = 3 ]
  [ "$("$ORCH" --project work config workflow.parallel)" = 3 ]
  run "$ORCH" config set listen.address 127.0.0.1:1 --project-file
  [ "$status" -eq 2 ]
  run --separate-stderr "$ORCH" config set workflow.paralel 2
  [ "$status" -eq 2 ]
  [[ $stderr == *"did you mean"*"parallel"* ]]
  run --separate-stderr "$ORCH" config set workflow.parallel many
  [ "$status" -eq 2 ]
  # shellcheck disable=SC1111 # Quotes as they are printed.
  [[ $stderr == *"argument VALUE: workflow.parallel: “many” is not a whole number"* ]]
  run --separate-stderr "$ORCH" config chek
  [ "$status" -eq 2 ]
  [[ $stderr == *"did you mean"*"orch config check"* ]]
}

@test "a key that is unset leaves the value below it" {
  printf '# mine\nworkflow:\n  parallel: 2\n  max_attempts: 3\n' >"$ORCH_HOME/config.yml"
  "$ORCH" config unset workflow.parallel
  [ "$(cat "$ORCH_HOME/config.yml")" = $'# mine\nworkflow:\n  max_attempts: 3' ]
  [ "$("$ORCH" config workflow.parallel)" = 4 ]
  run --separate-stderr "$ORCH" config unset workflow.parallel
  [ "$status" -eq 0 ]
  [[ $stderr == *"is not set in"* ]]
}

@test "a damaged store does not hide that a setting was changed" {
  echo "no database" >"$ORCH_HOME/orch.db"
  rm -f "$ORCH_HOME"/orch.db-*
  run --separate-stderr "$ORCH" config set workflow.parallel 2
  [ "$status" -eq 0 ]
  [[ $stderr == *"could not be recorded"*"Set workflow.parallel"* ]]
  grep -q 'parallel: 2' "$ORCH_HOME/config.yml"
}

@test "every mistake is said at once, with its line" {
  printf 'workflow:\n  parallel: many\n  max_attempts: -1\n' >"$ORCH_HOME/config.yml"
  run --separate-stderr "$ORCH" config check
  [ "$status" -eq 3 ]
  [[ $output == *"config.yml:2:"*"workflow.parallel"* ]]
  [[ $output == *"config.yml:3:"*"workflow.max_attempts"* ]]
  rm "$ORCH_HOME/config.yml"
  run --separate-stderr "$ORCH" config check
  [ "$status" -eq 0 ]
}

@test "a project's second file, which nobody reads, is warned of" {
  printf 'workflow:\n  parallel: 2\n' >orchestrator.yml
  printf 'workflow:\n  parallel: 3\n' >.orchestrator.yml
  run --separate-stderr "$ORCH" config check
  [ "$status" -eq 0 ]
  [[ $output == *".orchestrator.yml: warning: it is ignored, because $PWD/orchestrator.yml is there"* ]]
  [ "$("$ORCH" config workflow.parallel)" = 2 ]
}

@test "the shell completes tasks, agents and keys" {
  "$ORCH" task add "Write a haiku" --agent demo
  [ "$("$ORCH" __complete tasks)" = $'i1\tnew: Write a haiku' ]
  "$ORCH" __complete agents | grep -q '^demo'
  "$ORCH" __complete config-keys | grep -q '^gh.repo'
  [ "$("$ORCH" __complete projects)" = "work"$'\t'"$PWD" ]
  "$ORCH" __complete statuses | grep -qx needs_review
  [ "$("$ORCH" __complete nonsense)" = "" ]
  # A program of that name on PATH, as the script will call it.
  ln -s "$ORCH" "$PROJECT_FOLDER/bin/orch"
  PATH="$PROJECT_FOLDER/bin:$PATH" run bash -c '
    source <(orch completions bash)
    COMP_WORDS=(orch task get i) COMP_CWORD=3 COMP_LINE="orch task get i" COMP_POINT=15
    $(complete -p orch | sed "s/.*-F \([^ ]*\).*/\1/")
    printf "%s\n" "${COMPREPLY[@]}"'
  [ "$output" = i1 ] || [ "$output" = "i1 " ]
}

@test "every command answers --json with one JSON value, or refuses it" {
  "$ORCH" task add "Write a haiku" --agent demo
  # What each needs beside its own words; of those that are not listed nothing.
  declare -A arguments=(
    [plan]=X ["task add"]="X --dry-run" ["task get"]=i1 ["task why"]=i1 ["task route"]="i1 demo" ["task run"]=i1
    ["task retry"]=i1 ["task unblock"]=all ["task stream"]=i1 ["task attach"]=i1 ["task say"]="i1 X"
    ["task kill"]=i1 ["task publish"]=i1 ["task assign"]="i1 demo" ["task approve"]=i1 ["task merge"]=i1 ["project remove"]=work
    ["project add"]=. ["project hook"]="--url https://agents.example.net" ["config get"]=gh.repo
    ["config set"]="workflow.parallel 2" ["config unset"]=workflow.parallel ["service install"]=--dry-run
    ["service uninstall"]=--dry-run [completions]=bash ["job add"]="@daily Backup" ["job info"]=backup
    ["job next"]=backup ["job run"]=backup ["job enable"]=backup ["job disable"]=backup ["job remove"]=backup)
  local words answered=0
  while read -r words; do
    # shellcheck disable=SC2086 # Several words.
    run --separate-stderr "$ORCH" $words ${arguments[$words]:-} --json </dev/null
    [[ $stderr != *"needs a command"* ]] || continue
    if [[ $stderr == *"prints no JSON"* ]]; then
      [ "$status" -eq 2 ]
      continue
    fi
    echo "$words: $status: $output $stderr"
    [ "$status" -ne 2 ]
    if [ "$status" -eq 0 ] || [ -n "$output" ]; then jq -es 'length >= 1' <<<"$output"; else tail -n 1 <<<"$stderr" | jq -e .error; fi
    answered=$((answered + 1))
  done < <("$ORCH" man | sed -n 's/^\\fBorch \([a-z ]*\)\\fR.*/\1/p')
  [ "$answered" -ge 20 ]
  [ "$("$ORCH" --version --json | jq -r .version)" = "$("$ORCH" version | cut -d ' ' -f 2)" ]
}

@test "output that does not arrive is no success" {
  [ -w /dev/full ] || skip "no /dev/full here"
  for words in "project list" "version" "task add X --dry-run" "man" "--help"; do
    # shellcheck disable=SC2086 # Several words.
    run bash -c '"$0" $1 >/dev/full' "$ORCH" "$words"
    [ "$status" -eq 1 ]
    [[ $output == *"standard output"*"No space left"* ]]
  done
  # Who stops reading has read enough.
  run bash -c '"$0" man 2>&1 | head -n 1' "$ORCH"
  [ "${#lines[@]}" -eq 1 ]
}

@test "the manual and the help know every command" {
  "$ORCH" man | grep -q '^\.TH ORCH 1'
  "$ORCH" man | grep -q 'orch task publish'
  run "$ORCH" help task
  [[ $output == *publish*"Make a GitHub issue"* ]]
}

@test "init takes a repository's name, and another one when it is done again" {
  "$ORCH" init --repo octo/one >/dev/null
  [ "$("$ORCH" config get gh.repo)" = octo/one ]
  printf '\n# mine\n' >>.orchestrator.yml
  "$ORCH" init --repo https://github.com/octo/two.git >/dev/null
  [ "$("$ORCH" config get gh.repo)" = octo/two ]
  grep -qx "# mine" .orchestrator.yml
  # Done once more it says what the file says, though `origin` is no repository on GitHub.
  [ "$("$ORCH" init --json | jq -r .repository)" = octo/two ]
  run "$ORCH" init --repo "no repository"
  [ "$status" -eq 2 ]
}
