#!/usr/bin/env bats
# A person's day with tasks: record, look, steer, talk, stop, start again, and hand over to GitHub.

# shellcheck disable=SC2154 # `run --separate-stderr` sets $stderr.
# shellcheck disable=SC2016 # Backticks are part of what orch says.
# shellcheck disable=SC1111 # So are its quotes.
bats_require_minimum_version 1.5.0
load helpers/github
load helpers/project

setup() { project_start; }

teardown() {
  github_stop
  project_stop
}

# Starts a run that goes on until somebody ends it; returns once its agent has spoken.
start_long_run() {
  export ORCH_DEMO_SECONDS=600
  "$ORCH" task add "Take your time" --agent demo
  "$ORCH" tick
  eventually stream_says i1 "Reading the task"
}

stream_says() { "$ORCH" task stream "$1" --no-follow --from-start 2>/dev/null | grep -F "$2"; }

@test "a task goes from words to a pushed commit, and every view agrees" {
  run "$ORCH" task add "Write a haiku" "About autumn" --agent demo
  [ "$output" = "Added task i1: Write a haiku" ]
  run "$ORCH" task why i1
  [[ $output == *"nothing is in its way"* ]]
  "$ORCH" tick --wait
  [ "$(task_field i1 status)" = "done" ]
  [ "$(remote_branches)" = task-i1-write-a-haiku ]

  run --separate-stderr "$ORCH" task list
  [ "$output" = "" ]
  run "$ORCH" task list --all
  [ "${lines[0]}" = "ID  STATUS  AGENT  UPDATED  TITLE" ]
  [[ ${lines[1]} == "i1  done    demo "*"Write a haiku" ]]
  run "$ORCH" task tree --all
  [ "${lines[0]}" = "└─ [i1] (done) demo - Write a haiku" ]
  [ "$("$ORCH" task status --json | jq -c '[.total, .open, .counts.done, .recent[0].id]')" = '[1,0,1,"i1"]' ]

  run "$ORCH" task get i1 --audit
  [[ $output == *"run 1, attempt 1 by demo: done after"* ]]
  [[ $output == *"add "*"Write a haiku"* ]]
  [ -d "$(task_field i1 'runs[0].folder')" ]
  run --separate-stderr "$ORCH" task stream i1 --from-start
  [[ $output == *"Reading the task"*"Done."* ]]
  [[ $stderr == *"done after"* ]]
  [ "$("$ORCH" task stream i1 --from-start --json | jq -r 'select(.kind == "text").text' | tail -n 1)" = "Done." ]
}

@test "a waiting tick prints one document, and tells by its status how all went" {
  "$ORCH" task add "Write a haiku" --agent demo
  run --separate-stderr "$ORCH" tick --wait --json
  [ "$status" -eq 0 ]
  [ "$(jq -s length <<<"$output")" -eq 1 ]
  [ "$(jq -r '[.decisions[].phase] | unique | join(" ")' <<<"$output")" = "collect dispatch intake route" ]
}

@test "a dry run on a fresh home makes nothing" {
  git init --quiet "$PROJECT_FOLDER/fresh"
  cd "$PROJECT_FOLDER/fresh"
  export PROJECT_DIR=$PWD ORCH_HOME=$PROJECT_FOLDER/none
  run "$ORCH" tick --dry-run
  [ "$status" -eq 0 ]
  [ "$output" = "nothing is due" ]
  [ ! -e "$ORCH_HOME" ]
}

@test "an empty list says whether there is more" {
  run "$ORCH" task list
  [ "$output" = 'No tasks. Add one with `orch task add TITLE`.' ]
  "$ORCH" task add "Write a haiku" --agent demo
  run "$ORCH" task list --status blocked
  [[ $output == "No tasks of that status"* ]]
  "$ORCH" tick --wait
  run "$ORCH" task list
  [ "$output" = 'Nothing is open; `--all` shows what is finished.' ]
  run "$ORCH" task tree
  [ "$output" = 'Nothing is open; `--all` shows what is finished.' ]
  "$ORCH" project remove work
  run "$ORCH" task list
  [[ $output == "There is no project yet"* ]]
}

@test "task run works here and now, and its status tells how it ended" {
  "$ORCH" task add "Write a haiku" --agent demo
  run --separate-stderr "$ORCH" task run i1 --json
  [ "$status" -eq 0 ]
  [ "$(jq -r .status <<<"$output")" = "done" ]
  [[ $stderr == *"Reading the task"* ]]
  run --separate-stderr "$ORCH" task run i1
  [ "$status" -eq 1 ]
  [[ $stderr == *"it is done"*"orch task retry i1"* ]]
}

@test "a person talks to an agent at work" {
  start_long_run
  run "$ORCH" task why i1
  [[ $output == *"run 1 (attempt 1) by demo runs since"* ]]
  run "$ORCH" task attach i1 --print
  [[ $output == "tmux "*"attach-session"*"orch-work-i1"* ]]
  run "$ORCH" task say i1 "Make it --short"
  [ "$status" -eq 0 ]
  eventually stream_says i1 "You said: Make it --short"
  run --separate-stderr "$ORCH" task run i1
  [ "$status" -eq 1 ]
  [[ $stderr == *"has a live run already"* ]]
  run --separate-stderr "$ORCH" task retry i1
  [ "$status" -eq 1 ]
}

@test "one question tells of everything that waits, and of nothing that runs" {
  run "$ORCH" task why
  [ "$output" = "Nothing waits." ]
  start_long_run
  "$ORCH" task add "Wait for me" --agent demo
  run "$ORCH" task why
  [[ $output == "task i2 is not running:"*"nothing is in its way"* ]]
  [[ $output != *"task i1"* ]]
  [ "$("$ORCH" task why --global --json | jq -c '[.[] | [.project, .id, .running]]')" = '[["work","i2",false]]' ]
}

@test "a person who follows sees the end of a run" {
  start_long_run
  "$ORCH" task stream i1 >"$PROJECT_FOLDER/seen" 2>"$PROJECT_FOLDER/told" 3>&- &
  local follower=$!
  eventually grep -q "Reading the task" "$PROJECT_FOLDER/seen"
  "$ORCH" task kill i1
  ended "$follower"
  grep -q "stopped after" "$PROJECT_FOLDER/told"
}

@test "a stopped task stays stopped until somebody starts it anew" {
  start_long_run
  run "$ORCH" task kill i1 --wait
  [ "$status" -eq 0 ]
  [[ $output == *'task i1 is `needs_review`' ]]
  [ -z "$(run_processes)" ]
  "$ORCH" tick
  [ "$(task_field i1 'runs | length')" -eq 1 ]
  run --separate-stderr "$ORCH" task kill i1
  [ "$status" -eq 1 ]
  [[ $stderr == *"nothing runs for task i1"* ]]

  export ORCH_DEMO_SECONDS=0
  run "$ORCH" task retry i1
  [ "$output" = 'Task i1 is `new` again (was `needs_review`)' ]
  [ "$(task_field i1 '| [.held, .attempts, .last_error] | tostring')" = '[false,0,null]' ]
  "$ORCH" tick --wait
  [ "$(task_field i1 status)" = "done" ]
}

@test "a key that is hit in the pane stops neither the host nor what it shows" {
  start_long_run
  pane=$(tmux -L bats list-panes -a -F '#{pane_id}')
  # Ctrl-S would stop the terminal, and everybody who writes to it.
  for key in C-s C-c C-z C-d; do tmux -L bats send-keys -t "$pane" "$key"; done
  for part in 1 2 3; do "$ORCH" task say i1 "part $part: $(head -c 30000 /dev/zero | tr '\0' x)"; done
  eventually stream_says i1 "You said: part 3"
  tmux -L bats send-keys -t "$pane" "typed here" Enter
  eventually stream_says i1 "You said: typed here"
  run "$ORCH" task kill i1 --wait
  [ "$status" -eq 0 ]
  [ "$(task_field i1 status)" = needs_review ]
}

@test "a run whose host was killed can still be stopped" {
  start_long_run
  kill -9 "$(sqlite_host_of_run_1)"
  run "$ORCH" task kill i1 --wait
  [ "$status" -eq 0 ]
  [ "$(task_field i1 status)" = needs_review ]
}

sqlite_host_of_run_1() {
  python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT host_pid FROM runs").fetchone()[0])' \
    "$ORCH_HOME/orch.db"
}

@test "who does a task is a person's to say" {
  "$ORCH" task add "Write a haiku"
  run --separate-stderr "$ORCH" task route i1 demmo
  [ "$status" -eq 2 ]
  [[ $stderr == *'did you mean `demo`?'* ]]
  run "$ORCH" task route i1 demo --model tiny
  [ "$output" = "Task i1 goes to demo (tiny): chosen by hand" ]
  [ "$(task_field i1 '| [.agent, .agent_pinned, .model, .status] | tostring')" = '["demo",true,"tiny","routed"]' ]
}

@test "a misspelt agent is refused, and one that is missing is named" {
  for words in "--agent cluade" "--label agent:cluade"; do
    # shellcheck disable=SC2086 # Two words.
    run --separate-stderr "$ORCH" task add X $words
    [ "$status" -eq 2 ]
    [[ $stderr == *"there is no agent “cluade”"*'did you mean `claude`?'* ]]
  done
  run --separate-stderr "$ORCH" task add X --label status:done
  [ "$status" -eq 2 ]
  [[ $stderr == *"status is orch's to set"* ]]
  printf 'agents:\n  ghost:\n    command: ["no-such-program"]\n' >.orchestrator.yml
  run --separate-stderr "$ORCH" task add X --agent ghost
  [ "$status" -eq 0 ]
  [[ $stderr == *"ghost is not installed here"* ]]
  run "$ORCH" task why i1
  [[ $output == *"its agent ghost is not installed here"* ]]
}

@test "a text that no command line takes comes in by standard input" {
  # A megabyte, with what a shell would read as something else.
  { printf '$(rm -rf ~); "'"'"'" \xf0\x9f\x8e\x89\n' && head -c 1000000 /dev/zero | tr '\0' x; } >"$PROJECT_FOLDER/long"
  "$ORCH" task add "Long" - <"$PROJECT_FOLDER/long"
  task_field i1 body >"$PROJECT_FOLDER/stored"
  cmp <(cat "$PROJECT_FOLDER/long" <(echo)) "$PROJECT_FOLDER/stored"
  printf '\xff' >"$PROJECT_FOLDER/binary"
  run --separate-stderr "$ORCH" task add "Binary" - <"$PROJECT_FOLDER/binary"
  [ "$status" -eq 2 ]
  run --separate-stderr bash -c 'head -c 9000000 /dev/zero | "$0" task add "Too long" -' "$ORCH"
  [ "$status" -eq 1 ]
  [ "$("$ORCH" task list --all --json | jq length)" -eq 1 ]
}

@test "a title is one printable line" {
  run --separate-stderr "$ORCH" task add " "
  [ "$status" -eq 2 ]
  [[ $stderr == *"title is empty"* ]]
  run "$ORCH" task add $' Two\nlines \e[31mred '
  [ "$output" = "Added task i1: Two lines red" ]
  [ "$(task_field i1 title)" = "Two lines red" ]
  run --separate-stderr "$ORCH" task add X --label "$(head -c 300 /dev/zero | tr '\0' x)"
  [ "$status" -eq 2 ]
  [[ $stderr == *"has 300 characters; GitHub takes 50"* ]]
}

@test "an issue that was added has its id at once" {
  project_on_github
  local number
  number=$("$ORCH" task add "Write a haiku" "About autumn" --github --agent demo --json | jq -r .id)
  [ "$(task_field "$number" body)" = "About autumn" ]
  run "$ORCH" task why "$number"
  [[ $output == *"nothing is in its way"* ]]
  "$ORCH" tick --wait
  [ "$(task_field "$number" status)" = in_review ]
}

@test "blocked tasks start anew, one or all" {
  "$ORCH" task add "One" --agent demo --label blocked
  "$ORCH" task add "Two" --agent demo --label blocked
  "$ORCH" task add "Three" --agent demo
  run --separate-stderr "$ORCH" task unblock i3
  [ "$status" -eq 1 ]
  [[ $stderr == *"not blocked"* ]]
  run "$ORCH" task unblock all
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 2 ]
  [ "$(task_field i2 'labels | join(",")')" = "agent:demo" ]
}

@test "a lock of the bash version keeps everybody off" {
  project_on_github
  number=$(project_issue "Write a haiku")
  local lock=$ORCH_HOME/.orchestrator/locks.task.$number
  mkdir -p "$lock"
  echo $$ >"$lock/pid"
  "$ORCH" tick
  run --separate-stderr "$ORCH" task run "$number"
  [ "$status" -eq 1 ]
  [[ $stderr == *"locked by a script of the bash version (process $$)"* ]]
  run "$ORCH" task why "$number"
  [[ $output == *"holds its lock"* ]]
  [ -z "$(remote_branches)" ]
}

@test "an internal task becomes an issue once, with its children" {
  project_on_github
  "$ORCH" task add "Plan the release" "Step by step" --label bug
  "$ORCH" task add "Write the notes" --parent i1
  run "$ORCH" task publish i1 --json
  [ "$status" -eq 0 ]
  local number
  number=$(jq -r .id <<<"${lines[-1]}")
  [ "$(jq -r .children <<<"${lines[-1]}")" = 1 ]
  [ "$(task_field i2 parent)" = "$number" ]
  [ "$(task_field i1 closed)" = true ]
  [ "$(task_field "$number" title)" = "Plan the release" ]
  run "$ORCH" task publish i1 --json
  [ "$(jq -r .id <<<"${lines[-1]}")" = "$number" ]
  [ "$(github_requests | grep -c 'POST /repos/octo/demo/issues 201')" -eq 1 ]
}

@test "what is wrong is said with what to do about it, and by the exit status" {
  run --separate-stderr "$ORCH" task get 99
  [ "$status" -eq 1 ]
  [[ $stderr == *"there is no task 99"*"orch task list"* ]]
  run --separate-stderr "$ORCH" task list --status dnoe
  [ "$status" -eq 2 ]
  [[ $stderr == *"did you mean"*"done"* ]]
  run --separate-stderr "$ORCH" task list --json --project nowhere
  [ "$status" -eq 2 ]
  [ "$(jq -r .error <<<"$stderr")" = "there is no project “nowhere”" ]
}

@test "a plan makes its parts, waits for all of them, and is done when they are" {
  cat >"$PROJECT_FOLDER/bin/planner" <<'AGENT'
#!/usr/bin/env bash
cat >/dev/null
if [ -e "$PROJECT_MARK" ]; then
  echo '{"status":"done","summary":"All parts are in"}'
else
  touch "$PROJECT_MARK"
  echo '{"status":"done","summary":"Two parts","delegations":[
    {"title":"One","suggested_agent":"demo","labels":["plan"]},{"title":"Two","suggested_agent":"breaker"}]}'
fi >"$ORCH_ANSWER_FILE"
AGENT
  printf '#!/usr/bin/env bash\nexit 3\n' >"$PROJECT_FOLDER/bin/breaker"
  chmod +x "$PROJECT_FOLDER"/bin/*
  cat >.orchestrator.yml <<YAML
agents:
  planner:
    command: ["$PROJECT_FOLDER/bin/planner"]
    env:
      PROJECT_MARK: $PROJECT_FOLDER/planned
  breaker:
    command: ["$PROJECT_FOLDER/bin/breaker"]
YAML
  "$ORCH" task add "Plan it" --agent planner --label plan
  "$ORCH" tick --wait
  run "$ORCH" task get i1 --comments
  [[ $output == *"Waits for"*"i2, i3"* && $output != *"Needs Help"* ]]
  eventually ticked_to i2 "done"
  eventually ticked_to i3 needs_review
  [ "$(task_field i1 status)" = blocked ]
  "$ORCH" task retry i3
  "$ORCH" task route i3 demo
  eventually ticked_to i1 "done"
}

@test "a title and a text come by standard input, and the same request makes one task" {
  add() { printf 'Fix `$(touch pwned)`\n\nSafari -- loops\n' | ORCH_ACTOR=telegram:7 ORCH_REQUEST=telegram-1-2 "$ORCH" task add - --json; }
  run add
  [ "$status" -eq 0 ]
  [ "$(add)" = "$output" ]
  [ "$("$ORCH" task list --json | jq length)" = 1 ]
  # shellcheck disable=SC2016 # Nothing of it is expanded.
  [ "$("$ORCH" task get i1 --json | jq -r '.title + "|" + .body')" = 'Fix `$(touch pwned)`|Safari -- loops' ]
  [ "$("$ORCH" task get i1 --json --audit | jq -c '[.audit[] | [.act, .actor]]')" = '[["add","telegram:7"]]' ]
  run "$ORCH" task add - - <<<"x"
  [ "$status" -eq 2 ]
  run "$ORCH" task add - <<<""
  [ "$status" -eq 2 ]
}

@test "an actor that is no name is not written down" {
  ORCH_ACTOR=$'x\ny' "$ORCH" task add "Sweep" >/dev/null
  [ "$("$ORCH" task get i1 --json --audit | jq -r '.audit[0].actor | split(":")[0]')" = cli ]
}

@test "words by standard input reach the agent, those of one request once" {
  start_long_run
  say() { printf 'use postgres' | ORCH_REQUEST=$1 "$ORCH" task say i1 -; }
  say telegram-1-3
  say telegram-1-3
  eventually stream_says i1 "You said: use postgres"
  say telegram-1-4
  twice() { [ "$(stream_says i1 "You said: use postgres" | wc -l)" -eq 2 ]; }
  eventually twice
  run "$ORCH" task say i1 - <<<" "
  [ "$status" -eq 2 ]
}

@test "a pause starts nothing new until it is over, and who asks for one task gets it" {
  "$ORCH" task add "Sweep the yard" --agent demo >/dev/null
  run "$ORCH" pause
  [[ $output == "Everything is paused"* ]]
  run "$ORCH" tick
  [[ $output == *"everything is paused since "*"\`orch resume\` lets it go on"* ]]
  [[ $output != *"starts"* ]]
  [ "$("$ORCH" tick --json | jq -c '[.paused[].project]')" = '[null]' ]
  run "$ORCH" task why i1
  [[ $output == *"everything is paused"*"orch resume"* ]]
  [ "$("$ORCH" pause --json | jq .changed)" = false ]
  # Whoever has forgotten it finds it where one looks.
  run "$ORCH" doctor
  [[ $output == *"everything is paused since"*"orch resume"* ]]
  run "$ORCH" dashboard
  [[ $output == *"everything is paused since"*"orch resume"* ]]
  run "$ORCH" resume --project work
  [[ $output == *"was not paused"*"Everything is paused all the same"* ]]
  "$ORCH" task run i1
  run "$ORCH" resume
  [ "$output" = "Everything goes on" ]
  "$ORCH" task add "Sweep it again" --agent demo >/dev/null
  run "$ORCH" tick --wait
  [[ $output == *"task i2: demo starts"* ]]
}

@test "a task that has ended goes to another agent and starts anew" {
  "$ORCH" task add "Sweep the yard" --agent demo >/dev/null
  "$ORCH" tick --wait
  run "$ORCH" task assign i1 demo
  [ "$status" -eq 0 ]
  [[ $output == "Task i1 goes to demo, and starts anew"* ]]
  run "$ORCH" task assign i1 nobody
  [ "$status" -eq 2 ]
}

@test "cost says what ran, and that what is not told is unknown" {
  run "$ORCH" cost
  [[ $output == "No agent has run in 30 days." ]]
  "$ORCH" task add "Sweep the yard" --agent demo >/dev/null
  "$ORCH" tick --wait
  run "$ORCH" cost --days 1
  [[ $output == *"work"*"demo"*"1"*"unknown"* ]]
  [ "$("$ORCH" cost --json | jq -c '[.runs, .cost_micro_dollars, .unpriced_runs, .lines[0].agent]')" = '[1,null,1,"demo"]' ]
}
