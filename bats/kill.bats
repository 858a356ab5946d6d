#!/usr/bin/env bats
# kill -9 at every step of a run: whoever is hit, the next ticks come to the same end: one branch, one pull request, one
# comment, no lost commit.
#
# The step is chosen from outside: a shim before git, gh or tmux kills its caller, once, right before or right after the
# real program has done the step's act.

bats_require_minimum_version 1.5.0
load helpers/github_project

setup() {
  github_project_start
  github_lean
}

# killing WHEN PROGRAM PATTERN: kills the caller of `PROGRAM …PATTERN…` before or after it does its work, once.
killing() {
  printf 'when=%q pattern=%q\n' "$1" "$3" >"$PROJECT_FOLDER/plan"
  # shellcheck disable=SC2016 # For the shim to expand.
  shim "$2" <<'SHIM'
. "$folder/plan"
# What orch gives on standard input is short, or nothing.
IFS= read -r -d '' input || true
if [[ "$* $input" =~ $pattern ]] && mkdir "$folder/killed" 2>/dev/null; then
  caller=$PPID
  if [ "$when" = after ]; then printf %s "$input" | "$real" "$@" >/dev/null 2>&1; fi
  kill -9 "$caller"
  exit 1
fi
[ -n "$input" ] || exec "$real" "$@" </dev/null
exec "$real" "$@" < <(printf %s "$input")
SHIM
}

# The end that every story comes to.
comes_to_the_same_end() {
  eventually ticked_to "$number" in_review
  [ -d "$PROJECT_FOLDER/killed" ] || { echo "nothing was killed: the step was never seen" >&2 && return 1; }
  [ "$(remote_branches)" = "gh-task-$number-say-hello" ]
  [ "$(git --git-dir="$REMOTE" log --oneline "main..gh-task-$number-say-hello" | wc -l)" = "${commits:-1}" ]
  github_admin GET state >"$PROJECT_FOLDER/state"
  [ "$(jq '.repositories[0].pulls | length' "$PROJECT_FOLDER/state")" = 1 ]
  comments=$(jq --argjson n "$number" '[.repositories[0].issues[] | select(.number == $n) | .comments[]
    | select(.body | contains("orch:agent-response"))] | length' "$PROJECT_FOLDER/state")
  [ "$comments" = 1 ]
  run -0 "$ORCH" task get "$number" --json
  [ "$(jq -r '.runs | map(select(.live)) | length' <<<"$output")" = 0 ]
}

killed_at() {
  number=$(project_issue "Say hello" "Add a line to NOTES.md.")
  killing "$@"
  comes_to_the_same_end
}

@test "the tick, before it starts a host" { killed_at before tmux 'new-session'; }
@test "the tick, after it started a host" { killed_at after tmux 'new-session'; }
@test "the host, before the label" { killed_at before gh 'addLabelsToLabelable'; }
@test "the host, after the label" { killed_at after gh 'addLabelsToLabelable'; }
@test "the host, before the fetch" { killed_at before git 'fetch'; }
@test "the host, before the worktree" { killed_at before git 'worktree add'; }
@test "the host, after the worktree" { killed_at after git 'worktree add'; }
@test "the host, before it reads the comments" { killed_at before gh 'comments\(last|/comments'; }
@test "the host, before the commit" { killed_at before git 'commit '; }
@test "the host, after the commit" { killed_at after git 'commit '; }
@test "the host, before the push" { killed_at before git 'push '; }
@test "the host, after the push" { killed_at after git 'push '; }
@test "the host, before the pull request" { killed_at before gh 'POST repos/octo/demo/pulls'; }
@test "the host, after the pull request" { killed_at after gh 'POST repos/octo/demo/pulls'; }
@test "the host, before the comment" { killed_at before gh 'POST repos/octo/demo/issues/[0-9]*/comments'; }
@test "the host, after the comment" { killed_at after gh 'POST repos/octo/demo/issues/[0-9]*/comments'; }

# slow_agent [STUBBORN]: an agent that shows where it is, and works on when it is let; a stubborn one does not obey.
slow_agent() {
  cat >"$PROJECT_FOLDER/bin/slow" <<'AGENT'
#!/usr/bin/env bash
[ -z "$STUBBORN" ] || trap '' TERM
cat >/dev/null
echo "$$" >"$SLOW_FOLDER/agent.pid"
echo started
while [ ! -e "$SLOW_FOLDER/go" ]; do read -r -t 0.1 <> <(:) || true; done
echo line >>NOTES.md
printf '{"status":"done","summary":"Add a line"}' >"$ORCH_ANSWER_FILE"
AGENT
  chmod +x "$PROJECT_FOLDER/bin/slow"
  export PATH="$PROJECT_FOLDER/bin:$PATH"
  cat >>.orchestrator.yml <<CONFIG
agents:
  slow:
    command: ["$PROJECT_FOLDER/bin/slow"]
    env:
      SLOW_FOLDER: "$PROJECT_FOLDER"
      STUBBORN: "${1:-}"
CONFIG
  number=$(github_admin POST issues '{"repository":"octo/demo","title":"Say hello","login":"octo","labels":["agent:slow"]}' |
    jq -r .number)
  "$ORCH" tick
  eventually test -s "$PROJECT_FOLDER/agent.pid"
  mkdir "$PROJECT_FOLDER/killed"
}

@test "the host while the agent works: the agent is adopted, not started again" {
  slow_agent
  agent=$(cat "$PROJECT_FOLDER/agent.pid")
  host=$(tmux -L bats list-panes -a -F '#{pane_pid}')
  kill -9 "$host"
  "$ORCH" tick
  touch "$PROJECT_FOLDER/go"
  comes_to_the_same_end
  [ "$(cat "$PROJECT_FOLDER/agent.pid")" = "$agent" ]
}

@test "the tmux server while the agent works: the agent is adopted" {
  slow_agent
  agent=$(cat "$PROJECT_FOLDER/agent.pid")
  kill -9 "$(tmux -L bats display-message -p '#{pid}')"
  "$ORCH" tick
  touch "$PROJECT_FOLDER/go"
  comes_to_the_same_end
  [ "$(cat "$PROJECT_FOLDER/agent.pid")" = "$agent" ]
}

@test "the agent while it works: another attempt does it" {
  slow_agent
  touch "$PROJECT_FOLDER/go-later"
  kill -9 "$(cat "$PROJECT_FOLDER/agent.pid")"
  touch "$PROJECT_FOLDER/go"
  comes_to_the_same_end
}

@test "the keeper while the agent works: nothing of it is left, and another attempt does it" {
  slow_agent
  agent=$(cat "$PROJECT_FOLDER/agent.pid")
  kill -9 "$(ps -o ppid= -p "$agent" | tr -d ' ')"
  eventually bash -c "! kill -0 $agent 2>/dev/null"
  touch "$PROJECT_FOLDER/go"
  comes_to_the_same_end
}

@test "the host while its agent is being stopped: the task stays stopped" {
  slow_agent stubborn
  host=$(tmux -L bats list-panes -a -F '#{pane_pid}')
  "$ORCH" task kill "$number"
  eventually grep -rqs --include=events.ndjson '"kind":"verdict"' "$PROJECT_FOLDER"
  kill -9 "$host"
  eventually ticked_to "$number" needs_review
  "$ORCH" tick
  run -0 "$ORCH" task get "$number" --json
  [ "$(jq -c '[(.runs | length), .runs[0].failure, .held]' <<<"$output")" = '[1,"stopped",true]' ]
}
