#!/usr/bin/env bats
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# Texts for prompts and comments, and the reading of answers.

bats_require_minimum_version 1.5.0
load ../helpers/github
load ../helpers/project
load ../helpers/v0

setup() { v0_start; }
teardown() { v0_stop; }

@test "a template's places and conditions are filled in, and nothing in the values is looked at" {
  printf 'Hi {{NAME}}{{UNSET}}!{{#if EXTRA}} [{{EXTRA}}]{{/if}} { } {{ x }}\n\n' >t.md
  NAME='{{EXTRA}}' EXTRA=' ' run -0 v0 render_template t.md
  [ "$output" = 'Hi {{EXTRA}}! { } {{ x }}' ]
  NAME=Ada EXTRA=more run -0 v0 render_template t.md
  [ "$output" = 'Hi Ada! [more] { } {{ x }}' ]
  run -1 v0 render_template none.md
  [[ $output == *'template not found: none.md' ]]
  printf '{{UNSET}}\n' >t.md
  run -1 v0 render_template t.md
}

@test "the difference to the base is shown, cut to what a prompt takes" {
  run -0 v0 build_git_diff "$PWD"
  [ -z "$output" ]
  git checkout --quiet -b work
  seq 500 >long.txt
  git add long.txt
  git commit --quiet -m 'Add numbers'
  echo changed >>README.md
  run -0 v0 build_git_diff "$PWD" main
  [[ $output == *$'Uncommitted changes:\n README.md'* && $output == *'Diff against main:'* ]]
  [[ $output == *'Commits since main:'*'Add numbers'* ]]
  [ "$(grep -c '^+[0-9]' <<<"$output")" -lt 200 ]
  git branch --quiet other main
  run -0 v0 build_git_diff "$PWD" other
  [[ $output == *'Diff against other:'* ]]
  run -0 v0 build_git_diff "$PWD/none"
  [ -z "$output" ]
}

@test "the tree of a repository leaves out what git ignores" {
  echo ignored >.gitignore
  touch ignored seen
  [ "$(v0 build_repo_tree "$PWD" | paste -sd,)" = .gitignore,.orchestrator.yml,README.md,seen ] ||
    [ "$(v0 build_repo_tree "$PWD" | paste -sd,)" = .gitignore,README.md,seen ]
  mkdir -p "$PROJECT_FOLDER/plain/node_modules"
  touch "$PROJECT_FOLDER/plain/"{a,node_modules/b}
  [ "$(v0 build_repo_tree "$PROJECT_FOLDER/plain")" = ./a ]
}

@test "skills are catalogued by their front matter, and bad ones hide no others" {
  mkdir -p s/good s/bad s/plain
  printf -- '---\nname: Good one\ndescription: "Does good"\n---\nText\n' >s/good/SKILL.md
  printf '\xff\xfe' >s/bad/SKILL.md
  echo 'Only text' >s/plain/SKILL.md
  [ "$(v0 build_skills_catalog s | jq -c 'map([.id, .name, .description])')" = \
    '[["good","Good one","Does good"],["plain","plain",""]]' ]
  [ "$(v0 build_skills_catalog none)" = '[]' ]
  mv s skills
  printf 'workflow:\n  required_skills: [plain]\n' >>"$CONFIG_PATH"
  run -0 v0 build_skills_docs good,plain,missing
  [[ $output == *plain*'Only text'*good*Text* ]]
}

@test "an answer is found in what claude, codex and opencode print" {
  for raw in '{"type":"result","result":"```json\n{\"executor\":\"codex\"}\n```"}' \
    'Here: {"executor":"codex"}' \
    $'{"type":"item.completed","item":{"type":"agent_message","text":"{\\"executor\\":\\"codex\\"}"}}\n{"type":"turn.completed"}' \
    $'{"type":"step_start"}\n{"type":"text","part":{"text":"```json\\n{\\"executor\\":\\"codex\\"}\\n```"}}'; do
    [ "$(v0 normalize_json_response "$raw" | jq -r .executor)" = codex ]
    [ "$(RAW_RESPONSE=$raw python3 "$SCRIPTS/normalize_json.py" | jq -r .executor)" = codex ]
  done
  run -1 v0 normalize_json_response 'no answer'
  run -1 --separate-stderr v0 safe_normalize_json 'no answer' "$PWD/kept/raw.txt"
  [ "$stderr/$(cat kept/raw.txt)" = "Malformed response saved to: $PWD/kept/raw.txt/no answer" ]
}

@test "tools and tokens are told of an agent's events" {
  raw='{"type":"tool_use","tool":"Bash","input":{"command":"make"}}
{"type":"tool_result","is_error":false}
{"type":"tool_use","name":"Edit","input":{"file_path":"a.txt"}}
{"type":"tool_result","is_error":true}
{"type":"result","usage":{"input_tokens":15,"output_tokens":3}}'
  read_by() { python3 "$SCRIPTS/normalize_json.py" "$1" <<<"$2"; }
  [ "$(read_by --tool-history "$raw" | jq -c 'map([.tool, .error])')" = '[["Bash",false],["Edit",true]]' ]
  [ "$(read_by --tool-summary "$raw")" = $'  $ make\n  Edit: a.txt [ERROR]' ]
  [ "$(read_by --usage "$raw" | jq -c '[.input_tokens, .output_tokens]')" = '[15,3]' ]
  [ "$(read_by --usage '{"type":"text"}' | jq -c '[.input_tokens, .output_tokens]')" = '[0,0]' ]
  [ -z "$(read_by --tool-history '{"type":"text"}')" ]
  run -1 python3 "$SCRIPTS/normalize_json.py" </dev/null
}

@test "a task's tools are summed up for its next attempt" {
  mkdir -p "$STATE_DIR"
  echo '[{"tool":"Read","input":{}},{"tool":"Bash","input":{"command":"git push"},"error":true},{"tool":"Bash","input":{}}]' \
    >"$STATE_DIR/tools-1.json"
  run -0 v0 read_tool_summary '' 1
  [[ $output == *$'| Bash | 2 |\n| Read | 1 |'* && $output == *'Failed tool calls (1)'*'- `git push`'* ]]
  run -0 v0 read_tool_summary '' 2
  [ -z "$output" ]
}

@test "history is comments, each with its time and status" {
  id=$(new_task Story)
  v0 append_history "$id" routed 'went to claude'
  v0 db_append_history "$id" in_progress 'attempt 1 by ghp_0123456789abcdefghijklmnopqrstuvwxyzAB'
  run -0 v0 db_task_history "$id"
  [[ ${#lines[@]} = 2 && ${lines[0]} =~ ^\[20.*Z\]\ routed:\ went\ to\ claude$ && ${lines[1]} == *'[REDACTED]' ]]
  [[ $(v0 fetch_issue_comments octo/demo "$id" 1) == '### octo ('*'in_progress:'* ]]
  for none in '' null 0; do [ -z "$(v0 fetch_issue_comments octo/demo "$none")" ]; done
}

@test "a result is said once, and again where it differs" {
  id=$(new_task Result)
  v0 _sidecar_write "$id" agent claude
  v0 db_store_agent_response "$id" in_review 'It works' '' false sonnet 65 1500 20
  for files in a.txt a.txt b.txt; do v0 db_store_agent_arrays "$id" $'one\ntwo' '' '' "$files"; done
  comments=$(issue "$id" '.comments | length')
  [ "$comments" = 2 ]
  body=$(issue "$id" '.comments[0].body')
  [[ $body == '<!-- orch:agent-response -->'*'Claude It works'*'`in_review`'*'1k in / 20 out'*'- one'*'- `a.txt`'* ]]
  [ "$(v0 _gh_extract_table_field "$body" Status)/$(v0 _gh_extract_table_field "$body" agent)" = in_review/claude ]
  [ "$(v0 _gh_extract_section "${body//###/##}" Accomplished)" = $'- one\n- two' ]
  v0 db_store_comment_hash "$id" words
  v0 db_should_skip_comment "$id" words
  run -1 v0 db_should_skip_comment "$id" others
}

@test "notes on a task and its role reach the prompt" {
  export CONTEXTS_DIR=$PROJECT_FOLDER/contexts
  v0 append_task_context 3 'Mind the gap'
  echo 'A careful one' >"$CONTEXTS_DIR/profile-tester.md"
  [ "$(v0 load_task_context 3 tester | paste -sd' ')" = '[profile:tester] A careful one [task:3] Mind the gap' ]
}

@test "an agent's limit is told from other words" {
  for text in 'Error: 429' 'usage_limit reached' "You've hit your limit" 'Rate limit exceeded'; do
    v0 is_usage_limit_error "$text"
  done
  for text in '' 'HTTP 503' 'port 4290' 'took 1429 ms'; do run -1 v0 is_usage_limit_error "$text"; done
  [ "$(v0 redact_snippet 'key sk-ant-api03-abcdefghijklmnopqrstuvwxyz012345')" = 'key [REDACTED]' ]
}
