#!/usr/bin/env bats
# The stand-in for Telegram speaks as Telegram does: the real client library, python-telegram-bot, works with it.

bats_require_minimum_version 1.5.0
load helpers/telegram

setup() {
  export ORCH_HOME=$BATS_TEST_TMPDIR
}

teardown() { telegram_stop; }

@test "python-telegram-bot says, edits, hears, is refused and limited, and uses topics" {
  if [ -z "${ORCH_TEST_TELEGRAM_PY:-}" ]; then
    [ "${CI:-}" != true ] || fail_without_library
    skip 'ORCH_TEST_TELEGRAM_PY names no folder with python-telegram-bot (scripts/setup-wheels fetches it)'
  fi
  telegram_start
  PYTHONPATH=$ORCH_TEST_TELEGRAM_PY run -0 /usr/bin/python3 "$BATS_TEST_DIRNAME/helpers/telegram_client.py" "$TELEGRAM_PORT"
  for line in 'named orch_bot' 'said with its look' 'replied and edited' 'refused as it should be' \
    'heard what was written' 'went on after a conflict' 'topics are made and used'; do
    grep -qxF "$line" <<<"$output" || {
      echo "missing: $line"
      echo "$output"
      return 1
    }
  done
}

fail_without_library() {
  echo 'ORCH_TEST_TELEGRAM_PY names no folder with python-telegram-bot' >&2
  return 1
}
