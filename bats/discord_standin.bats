#!/usr/bin/env bats
# The stand-in for Discord speaks as Discord does: the real client library, discord.py, works with it.

bats_require_minimum_version 1.5.0
load helpers/discord

teardown() { discord_stop; }

@test "discord.py registers, identifies, writes, opens a thread, resumes and answers a command" {
  if [ -z "${ORCH_TEST_DISCORD_PY:-}" ]; then
    [ "${CI:-}" != true ] || fail_without_library
    skip 'ORCH_TEST_DISCORD_PY names no folder with discord.py (scripts/setup-wheels fetches it)'
  fi
  discord_start --plain
  PYTHONPATH=$ORCH_TEST_DISCORD_PY run -0 /usr/bin/python3 "$BATS_TEST_DIRNAME/helpers/discord_client.py" "$DISCORD_ADDRESS"
  for line in 'commands registered' 'identified as user42' 'thread of 500' resumed 'heard what was said meanwhile' 'command answered'; do
    grep -qxF "$line" <<<"$output" || {
      echo "missing: $line"
      echo "$output"
      return 1
    }
  done
}

fail_without_library() {
  echo 'ORCH_TEST_DISCORD_PY names no folder with discord.py' >&2
  return 1
}
