#!/usr/bin/env bats
# Telegram: give work, watch it and steer it from a phone, by the real listener and a stand-in that speaks the Bot API.

bats_require_minimum_version 1.5.0
load helpers/project
load helpers/telegram

setup() {
  project_start
  telegram_start
}

teardown() {
  listen_stop
  telegram_stop
  project_stop
}

acts() { "$ORCH" task get "$1" --json --audit | jq -r '.audit[] | .act + " " + .actor'; }

# A task that goes on until somebody ends it, and whose agent has spoken; made from the chat.
start_long_task() {
  export ORCH_DEMO_SECONDS=600
  writes "Take your time"
  eventually bot_says "^Task i1: Take your time"
  "$ORCH" task assign i1 demo
  "$ORCH" tick
}

@test "a person gives a task, watches it, steers its agent and ends it" {
  listen_start
  start_long_task
  task_message=$(said_in "^Task i1: Take your time")
  writes "/watch" 4711 "$task_message"
  eventually bot_says "Watching task work/i1"
  eventually bot_says "Reading the task"
  writes "use postgres, not mysql" 4711 "$task_message"
  eventually bot_says "You said: use postgres, not mysql"
  # Live output does not ring.
  bot_said | jq -e 'select(.text | test("You said")) | .silent' >/dev/null
  writes "with an index, too" 4711 "$(said_in "You said: use postgres")"
  eventually bot_says "You said: with an index, too"
  writes "/kill i1"
  eventually bot_says "End the agent of task i1\?"
  [ "$("$ORCH" task get i1 --json | jq '.runs[0].live')" = true ]
  writes "yes"
  eventually bot_says "has been asked to end"
  eventually bot_says "Run 1 of task work/i1 is over"
  [ "$(acts i1 | grep -cx "say telegram:4711")" = 2 ]
  [ "$(acts i1 | grep -cx "kill telegram:4711")" = 1 ]
  acts i1 | grep -x "add telegram:4711"
}

@test "a watch goes on with the next listener" {
  listen_start
  start_long_task
  writes "/watch i1"
  eventually bot_says "Reading the task"
  listen_stop KILL
  "$ORCH" task say i1 "use postgres, not mysql"
  listen_start
  eventually bot_says "You said: use postgres, not mysql"
  "$ORCH" task kill i1
  eventually bot_says "Run 1 of task work/i1 is over"
  for words in "Reading the task" "You said: use postgres" "is over"; do [ "$(bot_says "$words" | wc -l)" = 1 ]; done
}

@test "one chat's limit keeps no other waiting" {
  telegram_admin POST trouble '{"kind": "limited", "method": "sendMessage", "chat": 4712, "seconds": 600}'
  listen_start
  writes "/status" 4712
  limited() { grep "asks to wait for 10m" "$PROJECT_FOLDER/listen.log"; }
  eventually limited
  writes "/status"
  eventually bot_says "0 open"
  [ -z "$(bot_said 4712)" ]
}

@test "in a group with topics a task gets one, where its agent is told what is written" {
  sed -i 's/^telegram: {/&groups: ["-1001"], /' "$ORCH_HOME/config.yml"
  telegram_admin POST forum '{"chat": -1001}'
  listen_start
  telegram_admin POST write '{"chat": -1001, "from": 4711, "text": "@orch_bot Fix the login"}'
  eventually bot_says "^Task i1: Fix the login" -1001
  topic() { bot_said -1001 | jq -e 'select(.forum_topic_created.name == "i1: Fix the login") | .message_id'; }
  eventually topic
  telegram_admin POST write "{\"chat\": -1001, \"from\": 4711, \"text\": \"/why\", \"topic\": $(topic)}"
  in_topic() { bot_said -1001 | jq -e --argjson topic "$(topic)" 'select(.text and .message_thread_id == $topic and (.text | test("^Task i1 is not running")))'; }
  eventually in_topic
}

@test "a notice reaches its chat, once, and a reply to it is about its task" {
  printf 'notify: {telegram: {place: "4711", level: info}}\n' >>"$ORCH_HOME/config.yml"
  "$ORCH" task add "Say hello" --agent demo
  "$ORCH" tick --wait
  listen_start
  eventually bot_says "task i1 .*demo begins"
  writes "/why" 4711 "$(said_in "demo begins")"
  eventually bot_says "^Task i1 is not running"
  listen_stop KILL
  listen_start
  writes "/status"
  eventually bot_says " open"
  [ "$(bot_says "demo begins" | wc -l)" = 1 ]
}

@test "a stranger, a program and an unlisted group get no word and change nothing" {
  listen_start
  writes "/list"
  eventually bot_says "Nothing is open"
  writes "Do evil" 666
  telegram_admin POST write '{"chat": 4711, "text": "Do evil", "is_bot": true}'
  telegram_admin POST write '{"chat": -1001, "from": 4711, "text": "/new Do evil"}'
  telegram_admin POST write '{"chat": 4711, "text": "Do evil", "update": "edited_message"}'
  writes "/status"
  eventually bot_says "^0 open"
  [ "$(telegram_admin GET said | jq length)" = 2 ]
  [ "$("$ORCH" task list --json)" = "[]" ]
}

@test "who may look is told what steering takes" {
  listen_start
  writes "Do something" 4712
  eventually bot_says "takes the role operator, and yours is viewer" 4712
  [ "$("$ORCH" task list --json)" = "[]" ]
}

@test "a listener that is killed in between loses no message and doubles none" {
  listen_start
  writes "/status"
  eventually bot_says "0 open"
  listen_stop KILL
  for number in 1 2 3; do writes "Task number $number"; done
  listen_start
  one_is_there() { "$ORCH" task list --json | jq -e 'length >= 1'; }
  eventually one_is_there
  listen_stop KILL
  listen_start
  for number in 1 2 3; do eventually bot_says "^Task i[0-9]: Task number $number"; done
  [ "$("$ORCH" task list --json | jq -c '[.[].title] | sort')" = '["Task number 1","Task number 2","Task number 3"]' ]
}

@test "limits, faults, garbage and a dead line are lived through" {
  telegram_admin POST trouble '{"kind": "fault", "method": "getMe"}'
  telegram_admin POST trouble '{"kind": "garbage", "method": "getUpdates"}'
  telegram_admin POST trouble '{"kind": "drop", "method": "getUpdates", "count": 2}'
  telegram_admin POST trouble '{"kind": "limited", "method": "sendMessage", "seconds": 1}'
  listen_start
  writes "/status"
  eventually bot_says "0 open"
  [ "$(bot_said | wc -l)" -eq 1 ]
  grep -q "asks to wait for 1s" "$PROJECT_FOLDER/listen.log"
}

@test "a second bot program is said, and its end too" {
  listen_start
  writes "/status"
  eventually bot_says "0 open"
  curl -s "http://127.0.0.1:$TELEGRAM_PORT/bot4242:stand-in/getUpdates?timeout=0" >/dev/null
  conflict() { grep "another program takes this bot's messages" "$PROJECT_FOLDER/listen.log"; }
  eventually conflict
  writes "/list"
  eventually bot_says "Nothing is open"
}

@test "a token that Telegram refuses turns the chat off, and shows nowhere" {
  sed -i 's/4242:stand-in/4242:sesame-sesame/' "$ORCH_HOME/config.yml"
  listen_start
  off() { grep "telegram is off until the next start" "$PROJECT_FOLDER/listen.log"; }
  eventually off
  run ! grep -q sesame "$PROJECT_FOLDER/listen.log"
  kill -0 "$LISTEN_PID"
}

@test "a token that is none is a mistake of the configuration" {
  sed -i 's/4242:stand-in/not a token/' "$ORCH_HOME/config.yml"
  run "$ORCH" listen
  [ "$status" -eq 3 ]
  [[ $output == *"\`telegram.token\` is no token"* ]]
}

@test "a long list comes in parts, and what an agent writes is no markup" {
  for number in {1..25}; do "$ORCH" task add "*Sweep* [the](x) \`yard\` _${number}_ $(head -c 180 /dev/zero | tr '\0' x)" >/dev/null; done
  listen_start
  writes "/list"
  last() { bot_says "i25 new: \*Sweep\* \[the\]\(x\)"; }
  eventually last
  [ "$(bot_said | wc -l)" -eq 2 ]
  # Bold is what orch makes bold: 25 ids.
  [ "$(bot_said | jq '.entities[].type' | sort | uniq -c | tr -s ' ')" = ' 25 "bold"' ]
}

@test "a paused orch goes on when it is told to, from the chat" {
  listen_start
  writes "/pause"
  eventually bot_says "Nothing new is started"
  "$ORCH" task add "Sweep the yard" --agent demo >/dev/null
  run "$ORCH" tick
  [[ $output == *"everything is paused since "*"by telegram:4711"* ]]
  writes "/resume"
  eventually bot_says "It goes on"
  [ "$("$ORCH" tick --json | jq '.paused | length')" = 0 ]
  writes "/cost"
  eventually bot_says "^30 days: "
  for words in "/jobs" "/waiting" "/show i1" "/why i1" "/use work" "/help"; do writes "$words"; done
  eventually bot_says "approve ID, /merge ID"
  run ! bot_says "❌"
}
