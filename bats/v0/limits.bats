#!/usr/bin/env bats
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# gh_api: v0's way to GitHub, and its patience at a limit. The `gh` here is a script that counts.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() {
  project_start
  export ORCH STATE_DIR=$PROJECT_FOLDER/state FOLDER=$PROJECT_FOLDER
  SCRIPTS=$(cd "$BATS_TEST_DIRNAME/../../scripts" && pwd)
  export PATH=$PROJECT_FOLDER/bin:$PATH
  mkdir -p "$STATE_DIR"
  printf '#!/bin/sh\necho "$1" >>"$FOLDER/slept"\n' >"$PROJECT_FOLDER/bin/sleep"
  chmod +x "$PROJECT_FOLDER/bin/sleep"
}
teardown() { project_stop; }

# A gh that meets a limit so many times.
limited() {
  cat >"$PROJECT_FOLDER/bin/gh" <<SH
#!/usr/bin/env bash
echo "\$*" >>"\$FOLDER/calls"
if [ "\$(wc -l <"\$FOLDER/calls")" -le $1 ]; then
  echo 'gh: You have exceeded a secondary rate limit (HTTP 403)' >&2
  exit 1
fi
printf '{"ok":true}'
SH
  chmod +x "$PROJECT_FOLDER/bin/gh"
}

calls() { wc -l <"$PROJECT_FOLDER/calls" 2>/dev/null || echo 0; }

@test "an answer is passed on as it is, input too" {
  printf '#!/bin/sh\ncat\nprintf "%%s" "$*"\n' >"$PROJECT_FOLDER/bin/gh"
  chmod +x "$PROJECT_FOLDER/bin/gh"
  run -0 bash -c 'source "$0/lib.sh"; gh_api repos/o/r -X PATCH --input - <<<"{}"' "$SCRIPTS"
  [ "$output" = $'{}\napi repos/o/r -X PATCH --input -' ]
  # A file is gh's to read.
  run -0 v0 gh_api repos/o/r --input README.md < <(cat /dev/zero)
}

@test "at a limit it gives up with 75 where it is not to wait, and asks nobody until that is over" {
  limited 1
  GH_BACKOFF_MODE=skip run -75 --separate-stderr v0 gh_api repos/o/r
  [[ $stderr == *'backing off for 30s'* ]]
  grep -qx 'delay=30' "$STATE_DIR/gh_backoff"
  grep -qx 'reason=rate_limit' "$STATE_DIR/gh_backoff"
  GH_BACKOFF_MODE=skip run -75 v0 gh_api repos/o/r
  [ "$(calls)" = 1 ]
  [ "$(v0 gh_backoff_active)" -gt 0 ]
  v0 gh_backoff_reset
  run -1 v0 gh_backoff_active
}

@test "it waits and tries once more where it may, and forgets the limit at success" {
  limited 1
  run -0 --separate-stderr v0 gh_api repos/o/r
  [ "$output" = '{"ok":true}' ]
  [ "$(cat "$PROJECT_FOLDER/slept")" = 30 ]
  [ "$(calls)" = 2 ]
  [ ! -e "$STATE_DIR/gh_backoff" ]
}

@test "each wait is twice the last one, up to a bound" {
  [ "$(v0 gh_backoff_next_delay 30 900)" = 30 ]
  v0 gh_backoff_set 500 mine
  [ "$(v0 gh_backoff_next_delay 30 900)/$(v0 gh_backoff_next_delay 30 5000)" = 900/1000 ]
  [ "$(v0 gh_backoff_read | cut -d' ' -f2)" = 500 ]
}

@test "any other failure is passed on" {
  printf '#!/bin/sh\necho "gh: Not Found (HTTP 404)" >&2\nexit 4\n' >"$PROJECT_FOLDER/bin/gh"
  chmod +x "$PROJECT_FOLDER/bin/gh"
  run -4 --separate-stderr v0 gh_api repos/o/r
  [ "$stderr" = 'gh: Not Found (HTTP 404)' ]
  [ ! -e "$STATE_DIR/gh_backoff" ]
}

@test "a stand-in for gh is asked in v0's own words" {
  cat >"$PROJECT_FOLDER/bin/gh" <<'SH'
#!/usr/bin/env bash
echo "$*" >>"$FOLDER/calls"
case "$*" in
  *'-X POST repos/o/r/issues '*) echo '{"number":5,"title":"T","updated_at":"2026-01-01T00:00:00Z"}' ;;
  *) echo '[]' ;;
esac
SH
  chmod +x "$PROJECT_FOLDER/bin/gh"
  export ORCH_GH_REPO=o/r
  run -0 "$SCRIPTS/add_task.sh" T 'The body' one
  [ "$output" = 'Added task 5: T' ]
  grep -qx 'api -X POST repos/o/r/issues -f title=T -f body=The body -f labels\[\]=status:new -f labels\[\]=one' \
    "$PROJECT_FOLDER/calls"
  run -1 grep -q -- ' -i ' "$PROJECT_FOLDER/calls"
}

@test "a function starts gh where it has to, and no other program" {
  mkdir "$PROJECT_FOLDER/only"
  cat >"$PROJECT_FOLDER/only/gh" <<'SH'
#!/bin/bash
echo "$*" >>"$FOLDER/calls"
[ "$1" = api ] && echo '{"number":7,"title":"Seven","labels":[{"name":"status:routed"}],"updated_at":"2026-01-01T00:00:00Z"}'
exit 0
SH
  chmod +x "$PROJECT_FOLDER/only/gh"
  export ORCH_GH_REPO=o/r CONFIG_PATH=$PROJECT_FOLDER/config.yml
  echo 'a: ' >"$CONFIG_PATH"
  only() { PATH=$PROJECT_FOLDER/only "$ORCH" v0 "$@"; }
  only _sidecar_write 7 branch work
  [ "$(only db_task_field 7 branch)/$(only config_get '.a // "b"')/$(only agent_badge claude)" = 'work/b/🤖 🟣 Claude' ]
  [ "$(calls)" = 0 ]
  [ "$(only db_task_field 7 status)" = routed ]
  # Which gh it is is asked once.
  [ "$(calls)" = 2 ]
  only db_task_set 7 status 'done'
  only db_append_history 7 'done' words
  [ "$(grep -c -- --version "$PROJECT_FOLDER/calls")" = 1 ]
}
