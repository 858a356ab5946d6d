#!/usr/bin/env bats
# Ticks and syncs beside a listener that GitHub's webhooks reach.

bats_require_minimum_version 1.5.0
load helpers/github_project

setup() {
  github_project_start
  github_lean
  export ORCH_WEBHOOK_SECRET=s3cret
  LISTENER=
  PORT=$(scratch_port)
  export ORCH_LISTEN_ADDRESS=127.0.0.1:$PORT
}

teardown() {
  listener_stop
  github_stop
  project_stop
}

listener_start() {
  "$ORCH" listen >"$BATS_TEST_TMPDIR/listener.log" 2>&1 3>&- &
  LISTENER=$!
  eventually curl --silent --fail --output /dev/null "http://127.0.0.1:$PORT/healthz"
}

listener_stop() {
  [ -n "$LISTENER" ] || return 0
  end_process "$LISTENER" KILL
  LISTENER=
}

# Any, a ping too: what concerns nobody is written down under another word.
anything_arrived() { [ "$(store "SELECT count(*) FROM inbox")" -ge 1 ]; }
arrived() { [ "$(store "SELECT count(*) FROM inbox WHERE event = '$1'")" -ge "$2" ]; }
requests() { github_requests | wc -l; }

# A listener with a webhook that was found to be sound, and a tick that has asked since.
settle() {
  listener_start
  "$ORCH" project hook --url "http://127.0.0.1:$PORT" >/dev/null
  eventually anything_arrived
  "$ORCH" sync --phase deliveries
  store "SELECT value FROM cursors WHERE name LIKE 'webhook:%'" | grep -q sound
  "$ORCH" tick
}

# Whether ticks ask nobody. The listener has ticks of its own, for what has just come in.
is_quiet() {
  local before
  before=$(requests)
  for _ in 1 2 3; do "$ORCH" tick; done
  [ "$(requests)" = "$before" ]
}

@test "a webhook is made once, with orch's events and a secret, and brought up to date the second time" {
  github_real
  run -0 "$ORCH" project hook --url https://hooks.example.com
  [[ $output == *"Made webhook"*"https://hooks.example.com/webhook/github"* ]]
  run -0 "$ORCH" project hook --url https://hooks.example.com/ --json
  [ "$(jq -r .new <<<"$output")" = false ]
  [ "$(jq '.events | length' <<<"$output")" = 8 ]
  unset ORCH_WEBHOOK_SECRET
  run -2 "$ORCH" project hook --url https://hooks.example.com
  [[ $output == *"there is no secret for webhooks"* ]]
  # Where the listener has it from.
  echo ORCH_WEBHOOK_SECRET=s3cret >"$ORCH_HOME/service.env"
  run -0 "$ORCH" project hook --url https://hooks.example.com
  run -2 "$ORCH" project hook --url http://hooks.example.com
}

@test "while deliveries arrive a quiet tick asks nobody, and an issue is begun by its delivery" {
  settle
  eventually is_quiet
  number=$(project_issue "Say hello" "Add a line to NOTES.md.")
  eventually arrived issues 1
  eventually ticked_to "$number" in_review
}

@test "when the listener is killed, ticks poll again" {
  settle
  listener_stop
  before=$(requests)
  "$ORCH" tick
  [ "$(requests)" -gt "$before" ]
}

@test "a delivery that is lost is found and sent again, and ticks poll until it has come" {
  github_real
  settle
  github_admin POST deliver '{"repository": "octo/demo", "event": "push", "lost": true}' >/dev/null
  # What was just sent may be on its way.
  store "UPDATE cursors SET value = replace(value, 'sound', 'unproven') WHERE name LIKE 'webhook:%'"
  count=$(store "SELECT count(*) FROM inbox")
  looked() { "$ORCH" sync --phase deliveries 2>&1 | grep 'is sent again'; }
  eventually looked
  before=$(requests)
  "$ORCH" tick
  [ "$(requests)" -gt "$before" ]
  more_arrived() { [ "$(store "SELECT count(*) FROM inbox")" -gt "$count" ]; }
  eventually more_arrived
  sound() { "$ORCH" sync --phase deliveries && store "SELECT value FROM cursors WHERE name LIKE 'webhook:%'" | grep sound; }
  eventually sound
  eventually is_quiet
}

@test "a mention is answered by a sync for news" {
  settle
  number=$(project_issue "Talk" "About it.")
  github_admin POST comments "{\"repository\":\"octo/demo\",\"number\":$number,\"body\":\"@orch say hello\"}" >/dev/null
  eventually arrived issue_comment 1
  answered() { "$ORCH" sync --news && comments "$number" | grep 'On it'; }
  eventually answered
  handled() { [ "$(store "SELECT count(*) FROM inbox WHERE event = 'issue_comment' AND handled_at IS NULL")" = 0 ]; }
  eventually handled
}

@test "an account that is no administrator is said once, and ticks go on asking" {
  listener_start
  github_admin POST seed '{"viewer":"mallory","repositories":[{"full_name":"octo/demo","collaborators":{"mallory":"write"}}]}' >/dev/null
  run -0 "$ORCH" sync --phase deliveries
  [[ $output == *"ticks ask GitHub themselves"* ]]
  before=$(requests)
  "$ORCH" tick
  [ "$(requests)" -gt "$before" ]
}

@test "sync --wait stays until the reviews that it began have ended" {
  number=$(in_review)
  printf 'gh:\n  repo: octo/demo\nworkflow:\n  enable_review_agent: true\n  review_agent: codex\nagents:\n  codex:\n    command: [bash, -c, "echo {\\\"decision\\\":\\\"approve\\\",\\\"notes\\\":\\\"Fine.\\\"}"]\n' >.orchestrator.yml
  run -0 "$ORCH" sync --wait
  [[ $output == *"reviews it"* ]]
  [ "$(store "SELECT count(*) FROM runs WHERE kind = 'review' AND state IN ('ended', 'collected')")" = 1 ]
}
