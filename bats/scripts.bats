#!/usr/bin/env bats
# The scripts of the source tree, and what they leave alone.

bats_require_minimum_version 1.5.0

setup() { ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd); }

@test "a scratch home leaves the caller's git configuration and state alone" {
  export XDG_CONFIG_HOME=$BATS_TEST_TMPDIR/xdg GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/own STATE_DIR=$BATS_TEST_TMPDIR/state
  mkdir -p "$XDG_CONFIG_HOME/git" "$STATE_DIR"
  printf '[user]\n\tname = Real Person\n' | tee "$XDG_CONFIG_HOME/git/config" >"$GIT_CONFIG_GLOBAL"
  own=$GIT_CONFIG_GLOBAL xdg=$XDG_CONFIG_HOME
  . "$ROOT/scripts/scratch.sh"
  scratch_home "$BATS_TEST_TMPDIR/home"
  git config --global user.name Scratch
  [ "$(git config --file "$own" user.name)" = 'Real Person' ]
  [ "$(git config --file "$xdg/git/config" user.name)" = 'Real Person' ]
  [ "$(git config --global user.name)" = Scratch ]
  [ -z "${STATE_DIR:-}" ]
}

@test "a script says what it does, and refuses what it does not know" {
  for script in build demo install setup test; do
    run -0 "$ROOT/scripts/$script" --help
    [[ $output == *"scripts/$script"* ]]
    run -2 "$ROOT/scripts/$script" --no-such-thing
  done
}
