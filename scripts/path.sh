#!/usr/bin/env bash
# The user's own PATH, from ~/.path, for those whom a service starts with a bare one; to be sourced.
if [ -f "$HOME/.path" ]; then
  _path_before=$PATH
  # shellcheck disable=SC1091
  source "$HOME/.path" >/dev/null 2>&1
  export PATH="$_path_before:$PATH"
  unset _path_before
fi
