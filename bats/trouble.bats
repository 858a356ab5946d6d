#!/usr/bin/env bats
# What goes wrong around orch: each time one clear error with its fix, and nothing is lost.

bats_require_minimum_version 1.5.0
load helpers/project

setup() { project_start; }
teardown() {
  umount "$PROJECT_FOLDER/tiny" 2>/dev/null || true
  project_stop
}

@test "a damaged database is named, and left as it is" {
  "$ORCH" task add "Kept" --agent demo
  rm -f "$ORCH_HOME"/orch.db-*
  head -c 20000 /dev/urandom >"$ORCH_HOME/orch.db"
  before=$(sha256sum <"$ORCH_HOME/orch.db")
  run "$ORCH" tick
  [ "$status" -eq 1 ]
  [[ $output == *"orch.db"*"→"* ]]
  [ "$(sha256sum <"$ORCH_HOME/orch.db")" = "$before" ]
}

@test "who follows the words about a damaged database finds the newest task again" {
  "$ORCH" task add "Old"
  page=$(store "SELECT rootpage FROM sqlite_schema WHERE name = 'runs'")
  # The newest is in the log alone: nothing has moved it to the file yet.
  "$ORCH" task add "Newest"
  [ -s "$ORCH_HOME/orch.db-wal" ]
  dd if=/dev/urandom of="$ORCH_HOME/orch.db" bs=4096 seek=$((page - 1)) count=1 conv=notrunc status=none
  run "$ORCH" doctor
  [ "$status" -eq 1 ]
  [[ $output == *"is damaged"* ]]
  # shellcheck disable=SC2016 # Backticks as they are printed.
  fix=$(grep 'orch.db\*' <<<"$output" | grep -o '`[^`]*`' | tr -d '`')
  [ "$(wc -l <<<"$fix")" -eq 3 ]
  run bash -c "$fix"
  [[ $output == *Newest* ]]
  # Orch starts anew.
  "$ORCH" task add "Again"
  [ "$("$ORCH" task list --json | jq -r .[].title)" = Again ]
}

@test "a torn sidecar is kept aside, and the task goes on" {
  "$ORCH" task add "Torn" --agent demo
  state=.orchestrator/tasks
  mkdir -p "$state"
  printf '{"status":"ne' >"$state/i1.json"
  "$ORCH" tick --wait
  [ "$(task_field i1 status)" = "done" ]
  [ "$(jq -r .status "$state/i1.json")" = "done" ]
  grep -q '{"status":"ne' "$state"/*corrupt*
}

@test "malformed YAML is told with file, line and fix, by exit status 3" {
  printf 'workflow:\n\tmax_attempts: 3\n' >.orchestrator.yml
  run "$ORCH" config check
  [ "$status" -eq 3 ]
  [[ $output == *".orchestrator.yml:2:"* ]]
  [[ $output == *spaces* ]]
}

@test "a key that is no key is told with the one that was meant" {
  printf 'workflow:\n  max_atempts: 3\n' >.orchestrator.yml
  run "$ORCH" config check
  [[ $output == *".orchestrator.yml:2:"*max_attempts* ]]
}

@test "a second tick at the same time does nothing, and says so" {
  "$ORCH" task add "Slow to start" --agent demo
  # shellcheck disable=SC2016 # For the shim to expand.
  shim tmux <<'SHIM'
if [[ $* == *new-session* ]]; then
  touch "$folder/first-is-at-work"
  while [ ! -e "$folder/go" ]; do read -r -t 0.05 <> <(:) || true; done
fi
exec "$real" "$@"
SHIM
  "$ORCH" tick 3>&- &
  first=$!
  eventually test -e "$PROJECT_FOLDER/first-is-at-work"
  run "$ORCH" tick
  touch "$PROJECT_FOLDER/go"
  ended "$first"
  [ "$status" -eq 0 ]
  [[ $output == *"another tick is at work"* ]]
  [ "$(task_field i1 'runs | length')" -eq 1 ]
}

@test "a repository without a commit: the task waits for a person, who is told what to do" {
  git init --quiet "$PROJECT_FOLDER/empty"
  cd "$PROJECT_FOLDER/empty"
  "$ORCH" init >/dev/null
  id=$("$ORCH" task add "Too early" --agent demo --json | jq -r .id)
  "$ORCH" tick --wait
  [ "$(task_field "$id" status)" = needs_review ]
  [[ $(task_field "$id" last_error) == *"has no commit to start from"*"first commit"* ]]
}

@test "an agent whose program is missing: the task waits, its attempt is not used up" {
  printf 'agents:\n  ghost:\n    command: ["no-such-program"]\n' >.orchestrator.yml
  "$ORCH" task add "Haunted" --agent ghost
  "$ORCH" tick --wait
  [ "$(task_field i1 status)" = routed ]
  [ "$(task_field i1 attempts)" = 0 ]
  [[ $(task_field i1 last_error) == *no-such-program* ]]
  run "$ORCH" task why i1
  [[ $output == *"ghost"* ]]
}

@test "an answer that is none is never success" {
  printf 'agents:\n  babbler:\n    command: ["echo", "all done, trust me"]\n' >.orchestrator.yml
  "$ORCH" task add "Babble" --agent babbler
  "$ORCH" tick --wait
  [ "$(task_field i1 status)" = needs_review ]
  [ -z "$(remote_branches)" ]
}

@test "an agent that says done without a commit is not believed" {
  printf 'agents:\n  idler:\n    command: ["echo", "{\\"status\\":\\"done\\",\\"summary\\":\\"x\\"}"]\n' >.orchestrator.yml
  "$ORCH" task add "Idle" --agent idler
  "$ORCH" tick --wait
  [ "$(task_field i1 status)" = needs_review ]
  [[ $(task_field i1 last_error) == *"there is no commit"* ]]
}

@test "a home that cannot be written is told, also when it is full" {
  [ "$(id -u)" -eq 0 ] || skip "mounting needs root"
  mkdir "$PROJECT_FOLDER/tiny"
  mount -t tmpfs -o size=64k tmpfs "$PROJECT_FOLDER/tiny" || skip "mounting is not permitted here"
  export PROJECT_DIR=$PWD ORCH_HOME=$PROJECT_FOLDER/tiny
  run "$ORCH" task add "No room"
  [ "$status" -eq 1 ]
  [[ $output == *"→"* ]]
  mount -o remount,ro "$PROJECT_FOLDER/tiny"
  run "$ORCH" tick
  [ "$status" -eq 1 ]
  [[ $output == *"→"* ]]
}

@test "no secret of orch's reaches an agent, and none that an agent prints gets out" {
  cat >"$PROJECT_FOLDER/bin/snoop" <<'AGENT'
#!/usr/bin/env bash
cat >/dev/null
echo "token: ${GH_TOKEN:-none} ${GITHUB_TOKEN:-none}"
echo "leaked ghp_16C7e42F292c6912E7710c838347Ae178B4a"
printf '{"status":"needs_review","reason":"ghp_16C7e42F292c6912E7710c838347Ae178B4a"}' >"$ORCH_ANSWER_FILE"
AGENT
  chmod +x "$PROJECT_FOLDER/bin/snoop"
  printf 'agents:\n  snoop:\n    command: ["%s"]\n' "$PROJECT_FOLDER/bin/snoop" >.orchestrator.yml
  export GH_TOKEN=ghp_00000000000000000000000000000000AAAA GITHUB_TOKEN=second-secret-value
  "$ORCH" task add "Look around" --agent snoop
  "$ORCH" tick --wait
  run -0 "$ORCH" task stream i1 --from-start
  [[ $output == *"token: none none"* ]]
  [[ $output == *"leaked [REDACTED]"* ]]
  run -0 "$ORCH" task get i1 --comments
  [[ $output != *16C7e42F* ]]
}

@test "the clock set back is told by doctor, with what waits for the future" {
  "$ORCH" task add "Later" --agent demo
  python3 - "$ORCH_HOME/orch.db" <<'PYTHON'
import sqlite3, sys, time
future = int(time.time()) + 400 * 86400
database = sqlite3.connect(sys.argv[1])
database.execute("INSERT INTO breakers VALUES ('claude', ?, 'limit')", (future,))
database.execute("INSERT INTO quota VALUES ('rest', NULL, NULL, ?, 0, 'slow')", (future,))
database.execute("UPDATE tasks SET parked_until = ?", (future,))
database.commit()
PYTHON
  run "$ORCH" doctor
  [ "$status" -eq 1 ]
  for what in "agent claude" "GitHub's rest" "task i1"; do [[ $output == *"$what is put off until"* ]]; done
}

# agent NAME: an agent of that name, whose body is read from standard input.
agent() {
  { printf '#!/usr/bin/env bash\ncat >/dev/null\n' && cat; } >"$PROJECT_FOLDER/bin/$1"
  chmod +x "$PROJECT_FOLDER/bin/$1"
  grep -qs '^agents:' .orchestrator.yml || printf 'agents:\n' >>.orchestrator.yml
  printf '  %s:\n    command: ["%s"]\n' "$1" "$PROJECT_FOLDER/bin/$1" >>.orchestrator.yml
}

@test "an agent that loses its worktree's .git publishes nothing of the checkout around it" {
  agent loser <<'AGENT'
rm -rf .git
echo x >file
echo '{"status":"done"}' >"$ORCH_ANSWER_FILE"
AGENT
  agent maker <<'AGENT'
rm -rf .git
git init -q
git add -A
git commit -qm x
echo '{"status":"done"}' >"$ORCH_ANSWER_FILE"
AGENT
  git checkout --quiet -b private
  echo salaries >salaries
  git add salaries
  git commit --quiet -m "Not to be seen"
  "$ORCH" task add "Lose it" --agent loser
  "$ORCH" task add "Make one" --agent maker
  "$ORCH" tick --wait
  for id in i1 i2; do
    [ "$(task_field $id status)" = needs_review ]
    [[ $(task_field $id last_error) == *"its \`.git\` is gone or another repository's"* ]]
  done
  [ -z "$(remote_branches)" ]
}

@test "an agent that tells git to start a program with orch's login gets none" {
  # What it has git run writes down what it sees.
  agent thief <<AGENT
git config remote.origin.receivepack "env >>$PROJECT_FOLDER/seen; git-receive-pack"
git config remote.origin.uploadpack "env >>$PROJECT_FOLDER/seen; git-upload-pack"
echo x >file
echo '{"status":"done"}' >"\$ORCH_ANSWER_FILE"
AGENT
  export GH_ENTERPRISE_TOKEN=ghp_00000000000000000000000000000000AAAA OTHER_API_KEY=another-secret
  "$ORCH" task add "Steal" --agent thief
  "$ORCH" tick --wait
  [ "$(task_field i1 status)" = needs_review ]
  [[ $(task_field i1 last_error) == *"git settings have changed"*"remote.origin.receivepack"*"orch init"* ]]
  # Nor does the next task's agent start: its fetch would run the program.
  "$ORCH" task add "Go on" --agent demo
  "$ORCH" tick --wait
  [ "$(task_field i2 attempts)" = 0 ]
  # Nor does the doctor ask the remote.
  run "$ORCH" doctor
  [[ $output == *"git settings have changed"* ]]
  [ ! -e "$PROJECT_FOLDER/seen" ]
  git config --unset remote.origin.receivepack
  git config --unset remote.origin.uploadpack
  "$ORCH" task retry i2
  "$ORCH" tick --wait
  [ "$(task_field i2 status)" = "done" ]
}

@test "git settings that a person has changed are accepted by orch init" {
  "$ORCH" task add "Before" --agent demo
  "$ORCH" tick --wait
  git config core.sshCommand "ssh -v"
  "$ORCH" task add "After" --agent demo
  "$ORCH" tick --wait
  [[ $(task_field i2 last_error) == *core.sshcommand* ]]
  "$ORCH" init
  "$ORCH" task retry i2
  "$ORCH" tick --wait
  [ "$(task_field i2 status)" = "done" ]
}

@test "a remote that is gone is told at once, and says what to look at" {
  rm -rf "$REMOTE"
  "$ORCH" task add "Nowhere" --agent demo
  "$ORCH" tick --wait
  [ "$(task_field i1 status)" = needs_review ]
  [[ $(task_field i1 last_error) == *"cannot be fetched from"*"git remote -v"* ]]
}

@test "a remote that only the checkout can find is told by doctor" {
  git remote set-url origin ../remote.git
  run "$ORCH" doctor
  [ "$status" -eq 1 ]
  [[ $output == *"../remote.git, which leads elsewhere from a worktree"*"remote set-url origin"* ]]
}

@test "a remote that does not answer is waited for, in sight, and the wait can be ended" {
  git remote set-url origin ssh://git@host/r.git
  "$ORCH" init
  export GIT_SSH_COMMAND=false
  "$ORCH" task add "Later" --agent demo
  "$ORCH" tick
  eventually why_says i1 "trying again in"
  run "$ORCH" task stream i1 --no-follow --from-start
  [[ $output == *"trying again in"* ]]
  "$ORCH" task kill i1
  eventually ticked_to i1 needs_review
  [[ $(task_field i1 last_error) == *"stopped by a person"* ]]
}

why_says() { "$ORCH" task why "$1" | grep -F "$2"; }
