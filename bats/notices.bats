#!/usr/bin/env bats
# What people hear of: by `orch notices`, and by programs that are told.

bats_require_minimum_version 1.5.0
load helpers/project

setup() { project_start; }
teardown() { project_stop; }

# A sink called phone, whose program writes down what it is told; more keys of it come from standard input.
phone() {
  cat >"$PROJECT_FOLDER/bin/tell" <<'SH'
#!/usr/bin/env bash
jq -c --arg kind "$ORCH_NOTICE_KIND" --arg count "$ORCH_NOTICE_COUNT" '{kind: $kind, count: $count, text, n: (.notices | length)}' >>"$TOLD"
[ ! -e "$TOLD.broken" ]
SH
  chmod +x "$PROJECT_FOLDER/bin/tell"
  export TOLD=$PROJECT_FOLDER/told
  : >"$TOLD"
  { printf 'notify:\n  phone:\n    command: ["%s"]\n' "$PROJECT_FOLDER/bin/tell"; sed 's/^/    /'; } >"$ORCH_HOME/config.yml"
}

told() { [ "$(wc -l <"$TOLD")" -ge "$1" ]; }

@test "what happens to a task is listed, and told to a program of the user's once" {
  phone <<<'level: info'
  "$ORCH" task add "Say hello" --agent demo
  "$ORCH" tick --wait
  run -0 "$ORCH" notices
  [[ $output == *"task i1 "*" demo begins"* ]]
  [[ $output == *" is done"* || $output == *" is in review"* ]]
  # No further tick is needed: who waits for a run is told how it ended.
  eventually told 2
  "$ORCH" tick
  "$ORCH" tick
  eventually told 2
  [ "$(jq -r .kind "$TOLD" | sort | uniq -d)" = "" ]
  run -0 "$ORCH" notices --json --level attention
  [ "$(jq length <<<"$output")" = 0 ]
}

@test "a program that fails is tried again, and one that works is not" {
  phone <<<'level: info'
  touch "$TOLD.broken"
  run -1 "$ORCH" notices --test phone
  [[ $output == *"tell"* ]]
  rm "$TOLD.broken"
  store "UPDATE tellings SET due_at = 0"
  "$ORCH" tick
  eventually told 2
  # The program has said all it says before orch can write down that it has ended.
  noted() { [ "$(store "SELECT count(*) FROM tellings WHERE state = 'told' AND tries = 2")" = 1 ]; }
  eventually noted
  run -0 "$ORCH" notices --test phone
  [[ $output == *"Told phone."* ]]
}

@test "what is gathered is told at once, when its time has come" {
  phone <<<$'level: info\ndigest_seconds: 3600'
  "$ORCH" task add "Say hello" --agent demo
  "$ORCH" tick --wait
  "$ORCH" tick
  [ ! -s "$TOLD" ]
  store "UPDATE notices SET at = at - 3600"
  "$ORCH" tick
  eventually told 1
  [ "$(jq -r .n "$TOLD")" -ge 2 ]
  [ "$(jq -r .kind "$TOLD")" = "" ]
}

@test "only what a sink asks for is told to it" {
  phone <<<'kinds: [job_failed]'
  "$ORCH" task add "Say hello" --agent demo
  "$ORCH" tick --wait
  "$ORCH" job add '* * * * *' 'Broken' --id broken --type bash --command 'echo no route; exit 3'
  "$ORCH" job run broken || true
  "$ORCH" tick --wait || true
  "$ORCH" tick
  eventually told 1
  [ "$(jq -r .kind "$TOLD" | sort -u)" = job_failed ]
  grep -q "job broken failed" "$TOLD"
}

@test "the desktop is told by notify-send" {
  [ "$(uname -s)" = Linux ] || skip "macOS has another program for that"
  printf 'notify:\n  desktop:\n    level: info\n' >"$ORCH_HOME/config.yml"
  printf '#!/bin/sh\nprintf "%%s|" "$@" >%s\n' "$PROJECT_FOLDER/shown" >"$PROJECT_FOLDER/bin/notify-send"
  chmod +x "$PROJECT_FOLDER/bin/notify-send"
  PATH="$PROJECT_FOLDER/bin:$PATH" run -0 "$ORCH" notices --test desktop
  grep -q -- '--|orch|This is a test, by ' "$PROJECT_FOLDER/shown"
}

@test "a sink that is not there, or has no way to tell, is refused" {
  run -2 "$ORCH" notices --test phone
  [[ $output == *"there is no \`notify.phone\`"* ]]
  printf 'notify:\n  phone:\n    level: info\n' >"$ORCH_HOME/config.yml"
  run -2 "$ORCH" notices --test phone
  [[ $output == *"has no way to tell anything"* ]]
}
