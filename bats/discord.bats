#!/usr/bin/env bats
# Discord: give work, watch it and steer it from a thread, by the real listener and a stand-in that speaks gateway and API
# over TLS.

bats_require_minimum_version 1.5.0
load helpers/project
load helpers/telegram
load helpers/discord

setup() {
  project_start
  discord_start
  cat >"$ORCH_HOME/config.yml" <<YAML
listen: {address: "", webhooks: false}
discord: {token: stand-in.token, api_url: "$DISCORD_ADDRESS", authorities: "$DISCORD_AUTHORITY", channels: ["500"]}
people: {discord: {"4711": owner, "4712": viewer}}
YAML
}

teardown() {
  listen_stop
  discord_stop
  project_stop
}

acts() { "$ORCH" task get "$1" --json --audit | jq -r '.audit[] | .act + " " + .actor'; }

# writes TEXT [CHANNEL] [FROM]: a person writes, in private if nothing else is said.
person_writes() {
  discord_control write "$(jq -cn --arg text "$1" --arg channel "${2:-900}" --arg from "${3:-4711}" \
    '{text: $text, channel: $channel, author: $from}')" >/dev/null
}

# bot_said_there PATTERN [CHANNEL]: whether the bot has said something there that matches, Markdown's marks aside.
bot_said_there() { discord_shown "${2:-900}" | jq -r . | tr -d '\134*' | grep -E "$1"; }

listening() {
  listen_start
  eventually session_began "${1:-1}"
}

session_began() { [ "$(discord_state | jq '[.heard[] | select(.[0] == "identify" or .[0] == "resume")] | length')" -ge "$1" ]; }

# The thread that a task was given in the channel.
thread() { discord_state | jq -r '[.channels[] | select(.type == 11) | .id][0] // empty'; }
has_thread() { [ -n "$(thread)" ]; }

@test "a task given in a channel gets a thread, where its agent is watched, steered and ended" {
  export ORCH_DEMO_SECONDS=600
  listening
  person_writes "<@42> Take your time" 500
  eventually bot_said_there "^Task i1: Take your time" 500
  eventually has_thread
  "$ORCH" task assign i1 demo
  "$ORCH" tick
  person_writes /watch "$(thread)"
  eventually bot_said_there "Reading the task" "$(thread)"
  person_writes "use postgres, not mysql" "$(thread)"
  eventually bot_said_there "You said: use postgres, not mysql" "$(thread)"
  person_writes "/kill i1" "$(thread)"
  eventually bot_said_there "End the agent of task i1\?" "$(thread)"
  [ "$("$ORCH" task get i1 --json | jq '.runs[0].live')" = true ]
  person_writes yes "$(thread)"
  eventually bot_said_there "has been asked to end" "$(thread)"
  [ "$(acts i1 | grep -cx "say discord:4711")" = 1 ]
  [ "$(acts i1 | grep -cx "kill discord:4711")" = 1 ]
}

@test "a slash command is answered where it was given" {
  listening
  discord_control command '{"name": "new", "options": {"title": "Fix the login"}}' >/dev/null
  eventually bot_said_there "Task i1: Fix the login"
  discord_state | jq -e '[.interactions[]] | length == 1 and all(.deferred and .original != null)' >/dev/null
  [ "$("$ORCH" task list --json | jq -r '.[].title')" = "Fix the login" ]
}

@test "a stranger, a program and an unlisted channel get no word and change nothing" {
  listening
  person_writes /list
  eventually bot_said_there "Nothing is open"
  person_writes "Do evil" 900 666
  discord_control write '{"text": "Do evil", "bot": true}' >/dev/null
  discord_control write '{"text": "Do evil", "webhook": true}' >/dev/null
  discord_control channel '{"id": "501"}' >/dev/null
  person_writes "<@42> /new Do evil" 501
  discord_control command '{"name": "new", "options": {"title": "Do evil"}, "author": "666"}' >/dev/null
  person_writes /status
  eventually bot_said_there "^0 open"
  [ "$(discord_shown | wc -l)" = 2 ]
  [ "$("$ORCH" task list --json)" = "[]" ]
  # Discord tells a stranger itself that there is no answer.
  discord_state | jq -e '[.interactions[].deferred] == [false]' >/dev/null
}

@test "what is written while the listener is away is heard once by the next" {
  listening
  person_writes /status
  eventually bot_said_there "0 open"
  listen_stop KILL
  for number in 1 2 3; do person_writes "Task number $number"; done
  discord_control gateway '{"kind": "drop", "at": "ready"}' >/dev/null
  listening 2
  all_are_there() { [ "$("$ORCH" task list --json | jq -r '[.[].title] | sort | join(",")')" = "Task number 1,Task number 2,Task number 3" ]; }
  eventually all_are_there
  [ "$(discord_state | jq '[.heard[] | select(.[0] == "identify")] | length')" = 1 ]
}

@test "what is written while no session is left is fetched by the next listener, once" {
  listening
  person_writes "<@42> Take your time" 500
  eventually bot_said_there "^Task i1: Take your time" 500
  eventually has_thread
  person_writes /status
  eventually bot_said_there "1 open"
  listen_stop KILL
  discord_control sessions '{"forget": true}' >/dev/null
  person_writes "In private"
  person_writes "<@42> In the channel" 500
  person_writes /why "$(thread)"
  person_writes "Do evil" 900 666
  listening 2
  titles() { "$ORCH" task list --json | jq -r '[.[].title] | sort | join(",")'; }
  three_are_there() { [ "$(titles)" = "In private,In the channel,Take your time" ]; }
  eventually three_are_there
  eventually bot_said_there "^Task i1 is not running" "$(thread)"
  # The next one is told nothing that it knows.
  listen_stop KILL
  discord_control sessions '{"forget": true}' >/dev/null
  listening 3
  person_writes /status
  eventually bot_said_there "3 open"
  [ "$(titles)" = "In private,In the channel,Take your time" ]
  [ "$(bot_said_there "Task i1 is not running" "$(thread)" | wc -l)" = 1 ]
}

@test "a notice reaches its channel, once" {
  printf 'notify: {discord: {place: "500", level: info}}\n' >>"$ORCH_HOME/config.yml"
  "$ORCH" task add "Say hello" --agent demo
  "$ORCH" tick --wait
  listening
  eventually bot_said_there "task i1 .*demo begins" 500
  person_writes /status
  eventually bot_said_there " open"
  [ "$(bot_said_there "demo begins" 500 | wc -l)" = 1 ]
}
