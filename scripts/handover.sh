# shellcheck shell=bash
# Finds orch for the scripts beside this file, which hand over to it: `$ORCH` where it is set, else a build of this tree, an
# installed program with these scripts in its share/orch, or the one on PATH.
if [ -z "${ORCH:-}" ]; then
  _here=${BASH_SOURCE[0]%"${BASH_SOURCE[0]##*/}"}
  # Whole, since whoever sources this may go elsewhere.
  case $_here in /*) ;; *) _here=$PWD/$_here ;; esac
  for ORCH in "$_here"../.build/release/orch "$_here"../.build/debug/orch "$_here"../../../bin/orch; do
    [ -x "$ORCH" ] && break
    ORCH=
  done
  if [ -z "$ORCH" ]; then
    # These scripts may themselves be on PATH, `orch` among them: that one hands over to this.
    while IFS= read -r _found; do
      [ "$_found" -ef "${_here}orch" ] || { ORCH=$_found && break; }
    done < <(type -aP orch)
  fi
  if [ -z "$ORCH" ]; then
    echo "orch is not built: run ${_here}build, or put the program into ORCH." >&2
    exit 1
  fi
  unset _here _found
fi
