#!/usr/bin/env bats
# The real claude and codex do a task from words to a pushed commit, against scripted stand-ins for their services.
#
# They are run where they are: on PATH, or named by ORCH_TEST_CLAUDE and ORCH_TEST_CODEX (scripts/setup-wheels).

bats_require_minimum_version 1.5.0
load helpers/project

setup() { project_start; }
teardown() {
  [ -z "${SERVER_PID:-}" ] || kill "$SERVER_PID" 2>/dev/null || true
  project_stop
}

# needs NAME PATH: puts the real program on PATH as NAME; skips locally, fails in CI, where there is none.
needs() {
  local program=${2:-$(command -v "$1" || true)}
  if [ -x "$program" ]; then
    ln -s "$program" "$PROJECT_FOLDER/bin/$1"
    export PATH="$PROJECT_FOLDER/bin:$PATH"
  elif [ "${CI:-}" = true ]; then
    echo "$1 is not here" >&2
    return 1
  else
    skip "$1 is not here"
  fi
}

# model_server NAME SCRIPT: starts the stand-in; sets $URL.
model_server() {
  printf '%s' "$2" >"$PROJECT_FOLDER/script.json"
  "$BATS_TEST_DIRNAME/fakes/$1" --script "$PROJECT_FOLDER/script.json" --port-file "$PROJECT_FOLDER/port" \
    --log "$PROJECT_FOLDER/requests" --seconds 600 3>&- &
  SERVER_PID=$!
  eventually test -s "$PROJECT_FOLDER/port"
  URL=http://127.0.0.1:$(cat "$PROJECT_FOLDER/port")
}

answer='{\"status\":\"done\",\"summary\":\"Add a line\",\"accomplished\":[\"a line\"]}'

@test "claude works on a task, hears a person meanwhile, and its work is pushed" {
  needs claude "${ORCH_TEST_CLAUDE:-}"
  model_server anthropic-server "[
    {\"shell\": \"echo one >> NOTES.md; touch $PROJECT_FOLDER/waiting; for i in \$(seq 1200); do [ -e $PROJECT_FOLDER/go ] && break; sleep 0.1; done\"},
    {\"text\": \"$answer\"}]"
  cat >.orchestrator.yml <<CONFIG
agents:
  claude:
    env:
      ANTHROPIC_BASE_URL: $URL
      ANTHROPIC_API_KEY: fake-key-for-the-stand-in
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1"
      IS_SANDBOX: "1"
CONFIG
  "$ORCH" task add "Write a line" "Into NOTES.md." --agent claude
  "$ORCH" tick
  eventually test -e "$PROJECT_FOLDER/waiting"
  "$ORCH" task say i1 "use postgres, not mysql"
  touch "$PROJECT_FOLDER/go"
  eventually ticked_to i1 "done"
  [ "$(remote_branches)" = task-i1-write-a-line ]
  grep -q "use postgres, not mysql" "$PROJECT_FOLDER/requests"
  [ "$(task_field i1 'runs[0].input_tokens')" -gt 0 ]
}

@test "codex works on a task, hears a person meanwhile, and its work is pushed" {
  needs codex "${ORCH_TEST_CODEX:-}"
  model_server openai-server "[
    {\"shell\": \"echo one >> NOTES.md; touch $PROJECT_FOLDER/waiting; for i in \$(seq 1200); do [ -e $PROJECT_FOLDER/go ] && break; sleep 0.1; done\"},
    {\"text\": \"$answer\"}]"
  mkdir "$PROJECT_FOLDER/codex"
  cat >"$PROJECT_FOLDER/codex/config.toml" <<CONFIG
model_provider = "standin"
model = "scripted"
[model_providers.standin]
name = "standin"
base_url = "$URL/v1"
wire_api = "responses"
env_key = "STANDIN_KEY"
CONFIG
  cat >.orchestrator.yml <<CONFIG
agents:
  codex:
    sandbox: none
    env:
      CODEX_HOME: $PROJECT_FOLDER/codex
      STANDIN_KEY: fake-key-for-the-stand-in
CONFIG
  "$ORCH" task add "Write a line" "Into NOTES.md." --agent codex
  "$ORCH" tick
  eventually test -e "$PROJECT_FOLDER/waiting"
  "$ORCH" task say i1 "use postgres, not mysql"
  touch "$PROJECT_FOLDER/go"
  eventually ticked_to i1 "done"
  [ "$(remote_branches)" = task-i1-write-a-line ]
  grep -q "use postgres, not mysql" "$PROJECT_FOLDER/requests"
}

@test "claude at its usage limit: the attempt is not used up, and the task waits for the limit's end" {
  needs claude "${ORCH_TEST_CLAUDE:-}"
  model_server anthropic-server \
    '[{"status": 429, "type": "rate_limit_error", "message": "You have hit your limit", "headers": {"retry-after": "3600"}}]'
  cat >.orchestrator.yml <<CONFIG
agents:
  claude:
    env:
      ANTHROPIC_BASE_URL: $URL
      ANTHROPIC_API_KEY: fake-key-for-the-stand-in
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1"
      CLAUDE_CODE_MAX_RETRIES: "0"
      IS_SANDBOX: "1"
CONFIG
  "$ORCH" task add "Write a line" "Into NOTES.md." --agent claude
  "$ORCH" tick --wait
  [ "$(task_field i1 status)" = routed ]
  [ "$(task_field i1 attempts)" = 0 ]
  run "$ORCH" task why i1
  [[ $output == *"limit"* ]]
}

@test "a codex without an app server is talked to by exec, also by the host that takes over" {
  cat >"$PROJECT_FOLDER/bin/codex" <<'CODEX'
#!/usr/bin/env bash
echo "$*" >>"$SEEN"
case " $* " in
*" app-server "*)
  echo "error: unexpected argument 'app-server'" >&2
  exit 2
  ;;
*" exec "*) cat >/dev/null ;;
*)
  echo "codex-cli 0.1"
  exit 0
  ;;
esac
echo '{"type":"thread.started","thread_id":"t-1"}'
until [ -e "$GO" ]; do read -r -t 0.1 <> <(:) || true; done
echo one >>NOTES.md
echo '{"type":"item.completed","item":{"id":"1","type":"agent_message","text":"{\"status\":\"done\",\"summary\":\"Add a line\"}"}}'
echo '{"type":"turn.completed","usage":{"input_tokens":10,"output_tokens":2}}'
CODEX
  chmod +x "$PROJECT_FOLDER/bin/codex"
  export PATH="$PROJECT_FOLDER/bin:$PATH" SEEN="$PROJECT_FOLDER/seen"
  cat >.orchestrator.yml <<CONFIG
agents:
  codex:
    env:
      SEEN: $SEEN
      GO: $PROJECT_FOLDER/go
CONFIG
  "$ORCH" task add "Write a line" "Into NOTES.md." --agent codex
  "$ORCH" tick
  eventually grep -q exec "$SEEN"
  kill -9 "$(tmux -L bats list-panes -a -F '#{pane_pid}')"
  "$ORCH" tick
  touch "$PROJECT_FOLDER/go"
  eventually ticked_to i1 "done"
  [ "$(remote_branches)" = task-i1-write-a-line ]
  # Asked once, started once.
  [ "$(grep -c app-server "$SEEN")" = 1 ]
  [ "$(grep -c ' exec ' "$SEEN")" = 1 ]
}
