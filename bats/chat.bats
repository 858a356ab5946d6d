#!/usr/bin/env bats
# Conversations: an agent reads what a person says, and orch does what it picks.

# shellcheck disable=SC2154 # `run --separate-stderr` sets $stderr.
# shellcheck disable=SC2016 # Backticks are part of what is said.
bats_require_minimum_version 1.5.0
load helpers/project
load helpers/agent

setup() {
  project_start
  export CHAT_AGENT=claude
  unset CHAT_MODEL
}

teardown() { project_stop; }

@test "what is said becomes a task, and nothing of the conversation stays" {
  agent_says <<'LINES'
{"action":"add_task","params":{"title":"Fix the login","body":"$(touch pwned) `x`","labels":"bug,ui"},"response":"Noted."}
LINES
  run "$ORCH" chat < <(said "the login is broken" "exit")
  [ "$status" -eq 0 ]
  [[ $output == *"Noted."*"Added task i1: Fix the login"*"Goodbye!"* ]]
  [ "$("$ORCH" task get i1 --json | jq -r .body)" = '$(touch pwned) `x`' ]
  [ "$("$ORCH" task get i1 --json | jq -c .labels)" = '["bug","ui"]' ]
  [ ! -e pwned ]
  [ -z "$(ls .orchestrator/chats)" ]
}

@test "the model gets the state and what was said, on standard input alone" {
  "$ORCH" task add "Sweep the yard" >/dev/null
  agent_says <<<'{"action":"answer","params":{},"response":"One task."}'
  run "$ORCH" chat < <(said "how many tasks?" "and now?")
  [ "$status" -eq 0 ]
  grep -q "Sweep the yard" "$PROJECT_FOLDER/prompt-1"
  grep -q "how many tasks" "$PROJECT_FOLDER/prompt-2"
  grep -q "One task" "$PROJECT_FOLDER/prompt-2"
  run ! grep -q "tasks" "$PROJECT_FOLDER/arguments-1"
  # It changes nothing itself: no permission is waived.
  run ! grep -q bypass "$PROJECT_FOLDER/arguments-1"
}

@test "the agent of a conversation gets no GitHub token" {
  agent_says <<<'{"response":"hi"}'
  GH_TOKEN=sesame run "$ORCH" chat < <(said "hello")
  [ "$status" -eq 0 ]
  run ! grep -q sesame "$PROJECT_FOLDER/environment-1"
}

@test "an answer that is no JSON is shown as it is, and the conversation goes on" {
  agent_says <<'LINES'
I have no idea what you mean.
{"action":"no_such_thing","params":{},"response":""}
{"action":"retry","params":{},"response":""}
{"action":"status","params":{},"response":"Here."}
LINES
  "$ORCH" task add "Sweep the yard" >/dev/null
  run "$ORCH" chat < <(said a b c d)
  [ "$status" -eq 0 ]
  [[ $output == *"I have no idea what you mean."*"Unknown action: no_such_thing"*'`retry` needs a `id`'*"Here."*"total"* ]]
}

@test "an agent that fails is an answer that did not come" {
  mkdir -p "$PROJECT_FOLDER/bin"
  printf '#!/bin/sh\necho "no login" >&2\nexit 3\n' >"$PROJECT_FOLDER/bin/claude"
  chmod +x "$PROJECT_FOLDER/bin/claude"
  PATH="$PROJECT_FOLDER/bin:$PATH" run "$ORCH" chat < <(said hello exit)
  [ "$status" -eq 0 ]
  [[ $output == *"Sorry"*"no login"*"Goodbye!"* ]]
}

@test "an agent that is not there is said at once" {
  CHAT_AGENT=opencode PATH=/usr/bin:/bin run "$ORCH" chat < <(said hello)
  [ "$status" -eq 1 ]
  [[ $output == *"opencode is not installed"* ]]
}

@test "a quick question is answered in the project's folder" {
  agent_says <<'LINES'
{"action":"quick_task","params":{"prompt":"what is here?"},"response":"Looking."}
A readme.
LINES
  work=$PWD
  cd /
  PROJECT_DIR=$work run "$ORCH" chat < <(said "what is here?")
  [ "$status" -eq 0 ]
  [[ $output == *"Looking."*"A readme."* ]]
  [ "$(cat "$PROJECT_FOLDER/directory-2")" = "$(cd "$work" && pwd -P)" ]
}

@test "Claude's own stream is understood" {
  agent_says <<'LINES'
{"type":"system","subtype":"init","session_id":"s1","model":"m"}\n{"type":"result","subtype":"success","is_error":false,"result":"{\\"action\\":\\"answer\\",\\"response\\":\\"I am here.\\"}"}
LINES
  run "$ORCH" chat < <(said "hello")
  [ "$status" -eq 0 ]
  [[ $output == *"I am here."* ]]
}

@test "a plan is talked over, and becomes tasks when it is approved" {
  agent_says <<'LINES'
{"action":"ask","params":{},"response":"1. Model\\n2. Endpoint"}
{"action":"create_tasks","params":{"tasks":[{"title":"Model","body":"A table","labels":"backend"},{"title":"Endpoint","labels":["api"]}]},"response":"Two tasks."}
LINES
  run "$ORCH" plan "Sign in" "With GitHub" --label auth < <(said "looks good" "never read")
  [ "$status" -eq 0 ]
  [[ $output == *"1. Model"*"Created 2 task(s)."* ]]
  [ "$(cat "$PROJECT_FOLDER/asked")" -eq 2 ]
  grep -q "With GitHub" "$PROJECT_FOLDER/prompt-1"
  grep -q "README.md" "$PROJECT_FOLDER/prompt-1"
  [ "$("$ORCH" task get i1 --json | jq -c '[.title, .labels]')" = '["Model",["auth","backend"]]' ]
  [ "$("$ORCH" task get i2 --json | jq -c '[.title, .labels]')" = '["Endpoint",["auth","api"]]' ]
}

@test "a plan without a title is wrong usage" {
  run "$ORCH" plan
  [ "$status" -eq 2 ]
}

@test "what a killed conversation has left is taken away by the next one" {
  agent_says <<<'{"response":"hi"}'
  # Beyond the largest number that a process can have.
  mkdir -p .orchestrator/chats/99999999 .orchestrator/chats/$$
  run "$ORCH" chat < <(said exit)
  [ "$status" -eq 0 ]
  [ "$(ls .orchestrator/chats)" = "$$" ]
}

@test "Ctrl-C asks whether it is meant, and soon again ends the conversation" {
  agent_says <<<'{"response":"hi"}'
  mkfifo "$PROJECT_FOLDER/typed"
  "$ORCH" chat <"$PROJECT_FOLDER/typed" >"$PROJECT_FOLDER/shown" 2>&1 3>&- &
  local chat=$!
  exec 9>"$PROJECT_FOLDER/typed"
  shows() { grep -F "$1" "$PROJECT_FOLDER/shown"; }
  eventually shows "type 'exit' to quit"
  # One that comes before it watches for them is lost, and two may be there before it has answered the first.
  asks() { shows "Press Ctrl-C again" || { kill -INT "$chat" && false; }; }
  eventually asks
  ends() { ! kill -INT "$chat" 2>/dev/null; }
  eventually ends
  ended "$chat"
  shows "Goodbye!"
  exec 9>&-
}

@test "a message of sixty thousand characters is a message" {
  agent_says <<<'{"action":"answer","response":"Long."}'
  run "$ORCH" chat < <(head -c 60000 /dev/zero | tr '\0' x; echo; said "and now?")
  [ "$status" -eq 0 ]
  [ "$(tr -cd x <"$PROJECT_FOLDER/prompt-1" | wc -c)" -ge 60000 ]
  # It is remembered, not whole.
  [ "$(wc -c <"$PROJECT_FOLDER/prompt-2")" -lt 30000 ]
}
