#!/usr/bin/env bats
# The timer that starts orch, before a real user manager of systemd.

bats_require_minimum_version 1.5.0
load helpers/systemd

setup() {
  systemd_start
  # The trap shows only on a socket without a server.
  SOCKET=orch-test-$BATS_TEST_NUMBER-$$
  export TMUX_TMPDIR=$SYSTEMD_FOLDER ORCH_TMUX_SOCKET=$SOCKET ORCH_HOME="$SYSTEMD_FOLDER/orch home 50%"
  ORCH=${ORCH:-$BATS_TEST_DIRNAME/../.build/release/orch}
  mkdir -m 0700 "$ORCH_HOME"
}

teardown() {
  tmux -L "$SOCKET" kill-server 2>/dev/null || true
  systemd_stop
}

# A oneshot unit, with systemd's own KillMode unless $kill_mode says another, which runs the command and then ends.
run_in_unit() {
  systemd_unit starter.service <<UNIT
[Service]
Type=oneshot
KillMode=${kill_mode:-control-group}
Environment=TMUX_TMPDIR=$SYSTEMD_FOLDER
ExecStart=$*
UNIT
  systemctl --user start starter.service
}

has_session() { tmux -L "$SOCKET" has-session -t =work 2>/dev/null; }

@test "a tmux server that a oneshot starts plainly dies with it" {
  run_in_unit tmux -L "$SOCKET" -f /dev/null new-session -d -s work sleep 300
  [ "$(systemctl --user show --property=Result --value starter.service)" = success ]
  run ! has_session
}

@test "a tmux server in a unit with KillMode=process outlives the oneshot" {
  kill_mode=process run_in_unit tmux -L "$SOCKET" -f /dev/null new-session -d -s work sleep 300
  [ "$(systemctl --user show --property=ActiveState --value starter.service)" = inactive ]
  has_session
}

@test "a tmux server in a scope of its own outlives the oneshot" {
  run_in_unit systemd-run --user --scope --collect --quiet -- \
    tmux -L "$SOCKET" -f /dev/null new-session -d -s work sleep 300
  [ "$(systemctl --user show --property=ActiveState --value starter.service)" = inactive ]
  has_session
}

@test "install has systemd start orch, says so, and may be repeated" {
  run -0 "$ORCH" service install --interval 1s
  [[ $output == *"wrote $HOME/.config/systemd/user/orch-tick.service"* ]]
  [[ $output == *"wrote $HOME/.config/systemd/user/orch-tick.timer"* ]]
  [[ $output == *'ran systemctl --user restart orch-tick.timer'* ]]
  # A complaint is what counts: the exit status is 0 either way.
  run -0 systemd-analyze --user verify "$HOME"/.config/systemd/user/orch-*
  [ -z "$output" ]

  systemd_until timer_has_fired
  run -0 "$ORCH" service status
  [[ $output == *'tick: fires, last at '* ]]

  run -0 "$ORCH" service install --interval 1s
  [[ $output == *"unchanged $HOME/.config/systemd/user/orch-tick.timer"* ]]
}

timer_has_fired() { [ -n "$(systemctl --user show --property=LastTriggerUSec --value orch-tick.timer)" ]; }

@test "install says what the timer will miss" {
  GH_TOKEN=secret-of-this-shell run -0 "$ORCH" service install
  [[ $output == *'GH_TOKEN is set here, and the timer will not see it'* ]]
  run ! grep -r secret-of-this-shell "$HOME/.config" "$ORCH_HOME"
}

@test "a dry run of install writes nothing" {
  run -0 "$ORCH" service install --dry-run
  [[ $output == *'would run systemctl --user daemon-reload'* ]]
  [ ! -e "$HOME/.config/systemd/user/orch-tick.timer" ]
}

@test "the system's units are units" {
  mkdir "$SYSTEMD_FOLDER/units"
  # Only what the manager starts sees a booted system. A dry run shows each file, four columns in.
  run -0 systemd-run --user --quiet --pipe --wait --collect --setenv=ORCH_HOME="${ORCH_HOME//%/%%}" \
    "$(realpath "$ORCH")" service install --system --user daemon --dry-run
  awk -v folder="$SYSTEMD_FOLDER/units" '
    /^would write / { path = $3; sub(/:$/, "", path); sub(/.*\//, "", path); next }
    /^would / { path = ""; next }
    path != "" { sub(/^    /, ""); print >(folder "/" path) }
  ' <<<"$output"
  grep -qx 'User=daemon' "$SYSTEMD_FOLDER/units/orch-tick.service"
  run -0 systemd-analyze verify "$SYSTEMD_FOLDER/units/orch-tick.service" "$SYSTEMD_FOLDER/units/orch-tick.timer"
  [[ $output != *units/orch-tick* ]]
}

@test "agents that would run as root are warned of" {
  [ "$(id -u)" = 0 ] || skip "needs root"
  run -0 "$ORCH" service install --dry-run
  [[ $output == *'agents will run as root'* ]]
}

@test "uninstall leaves nothing behind, and says so when asked again" {
  "$ORCH" service install
  run -0 "$ORCH" service uninstall
  run -0 find "$HOME/.config/systemd/user" -name 'orch-*'
  [ -z "$output" ]
  run ! systemctl --user is-active orch-tick.timer
  run -0 "$ORCH" service uninstall
  [ "$output" = 'nothing to remove' ]
  run -1 "$ORCH" service status
  [[ $output == *'tick: not installed'* ]]
}

@test "doctor looks through the timer's eyes" {
  # A PATH that only this shell has, and one that the timer was installed with.
  mkdir "$SYSTEMD_FOLDER/early" "$SYSTEMD_FOLDER/late"
  # shellcheck disable=SC2016 # Expanded by the agent.
  agent_in "$SYSTEMD_FOLDER/early" codex 'codex-cli 1.0.0 $SECRET $PWD'
  agent_in "$SYSTEMD_FOLDER/late" claude '2.1.0 (Claude Code)'
  PATH=$SYSTEMD_FOLDER/early:/usr/bin:/bin run -0 "$ORCH" service install
  echo 'SECRET=of-the-file' >"$ORCH_HOME/service.env"

  PATH=$SYSTEMD_FOLDER/late:/usr/bin:/bin run -0 "$ORCH" doctor
  [[ $output == *'claude: 2.1.0'* && $output != *'codex: '* ]]
  PATH=$SYSTEMD_FOLDER/late:/usr/bin:/bin run -0 "$ORCH" doctor --from-timer
  [[ $output == *'codex: codex-cli 1.0.0 of-the-file /'* && $output != *'claude: '* ]]
  [[ $output == *"home: $ORCH_HOME"* ]]
  PATH=$SYSTEMD_FOLDER/late:/usr/bin:/bin run -0 "$ORCH" doctor --from-timer --json
  jq -e '.ok and ([.findings[] | select(.check == "timer")] | length > 0)' <<<"$output"
}

# agent_in FOLDER NAME VERSION, which the agent expands: what it sees of its environment is seen.
agent_in() {
  printf '#!/bin/sh\necho "%s"\n' "$3" >"$1/$2"
  chmod +x "$1/$2"
}

@test "doctor without a timer to look through says so" {
  run -1 "$ORCH" doctor --from-timer
  [[ $output == *"no timer of orch's is installed"* ]]
}

@test "the timer takes a task to its end, in a session that outlives the tick that began it" {
  git init -q -b main "$SYSTEMD_FOLDER/project"
  cd "$SYSTEMD_FOLDER/project"
  git -c user.name=Ada -c user.email=ada@example.org commit -q --allow-empty -m 'Begin'
  git clone -q --bare . "$SYSTEMD_FOLDER/origin.git"
  git remote add origin "$SYSTEMD_FOLDER/origin.git"
  "$ORCH" init
  run -0 "$ORCH" task add 'Write the page' --agent demo --json
  task=$(jq -r .id <<<"$output")

  "$ORCH" service install --interval 1s
  # In one look: it is gone again when the run is over.
  server_is_seen() { server=$(tmux -L "$SOCKET" display-message -p '#{pid}') && group=$(cat "/proc/$server/cgroup"); }
  systemd_until server_is_seen
  [[ $group == *.scope* && $group != *orch-tick.service* ]]

  systemd_until task_is_over
  [ "$(status_of_task)" = "done" ]
  branch=$("$ORCH" task get "$task" --json | jq -r .branch)
  git --git-dir="$SYSTEMD_FOLDER/origin.git" rev-parse --verify "$branch"
}

status_of_task() { "$ORCH" task get "$task" --json | jq -r .status; }

task_is_over() { [[ $(status_of_task) =~ ^(done|in_review|needs_review|blocked)$ ]]; }

listener_property() { systemctl --user show --property="$1" --value orch-listen.service; }
listener_is() { [ "$(listener_property ActiveState)" = "$1" ]; }

@test "the listener is kept running, and its restart drops no connection" {
  port=$(scratch_port)
  printf 'listen:\n  address: 127.0.0.1:%s\n' "$port" >"$ORCH_HOME/config.yml"
  (umask 077 && echo ORCH_WEBHOOK_SECRET=sesame >"$ORCH_HOME/service.env")
  run -0 "$ORCH" service install --listen --interval 60s
  [[ $output == *'`orch listen`'* ]]
  run -0 systemd-analyze --user verify "$HOME"/.config/systemd/user/orch-listen.s*
  [ -z "$output" ]
  systemd_until listener_is active
  [ "$(listener_property StatusErrno)" = 0 ]
  run -0 "$ORCH" service status
  [[ $output == *'listen: runs'* ]]
  [ "$(curl --silent --fail --unix-socket "$ORCH_HOME/listen.sock" http://orch/readyz)" = ready ]
  # By TCP without a break, while it is started anew five times: each of so many connections is answered.
  python3 - "$port" >"$SYSTEMD_FOLDER/answers" 3>&- <<'PY' &
import socket, sys, time
answered, deadline = 0, time.monotonic() + 30
while time.monotonic() < deadline:
    client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20)
    client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    answer = b""
    while part := client.recv(4096):
        answer += part
    if not answer.startswith(b"HTTP/1.1 200"):
        sys.exit(f"after {answered} answers came {answer!r}")
    answered += 1
    if answered == 500:
        break
print("all", flush=True)
PY
  client=$!
  for _ in 1 2 3 4 5; do
    before=$(listener_property MainPID)
    systemctl --user restart orch-listen.service
    [ "$(listener_property MainPID)" != "$before" ]
  done
  wait "$client"
  [ "$(cat "$SYSTEMD_FOLDER/answers")" = all ]
  # One that dies comes back by itself.
  before=$(listener_property MainPID)
  kill -9 "$before"
  systemd_until listener_is active
  [ "$(curl --silent --fail "http://127.0.0.1:$port/healthz")" = ok ]

  run -0 "$ORCH" service uninstall
  run -0 find "$HOME/.config/systemd/user" -name 'orch-*'
  [ -z "$output" ]
  listener_is inactive
}

@test "a listener without a secret is not tried again and again" {
  run -1 "$ORCH" service install --listen --interval 60s
  [[ $output == *"restart"*"failed"* ]]
  systemd_until listener_is failed
  [ "$(listener_property ExecMainStatus)" = 3 ]
  [ "$(listener_property NRestarts)" = 0 ]
}
