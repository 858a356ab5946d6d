/// The script for bash. Candidates are compared by hand, since `compgen -W` would expand what it is given.
struct BashCompletion {
    let model: CompletionModel

    var script: String {
        "# Completes `\(model.program)` in bash 3.2 and later. Made from its table of commands.\n\n"
            + ShellTables(model: model).script + words + reply + main
    }

    private var words: String {
        #"""

        # Sets words to those up to the cursor, with what bash broke at = and : put together again.
        \#(model.prefix)_words() {
          local i word last glue=''
          for ((i = 0; i <= COMP_CWORD; i++)); do
            word=${COMP_WORDS[i]}
            last=$((${#words[@]} - 1))
            if ((last > 0)) && [[ -n $glue || $word == : || ($word == '=' && ${words[last]} == --*) ]]; then
              words[last]+=$word
            else
              words+=("$word")
            fi
            glue=''
            if [[ ($word == : || $word == '=') && ${words[${#words[@]} - 1]} != "$word" ]]; then glue=1; fi
          done
        }

        """#
    }

    private var reply: String {
        #"""
        # Adds the lines of $list that begin with $cur to COMPREPLY, without the descriptions after a tab.
        \#(model.prefix)_reply() {
          local line quote=1 drop=''
          case "$kind" in
            file | directory)
              if compopt -o filenames 2> /dev/null; then quote=''; fi
              list=$(compgen -A "$kind" -- "$cur")
              ;;
            ask) list=$(command \#(model.program) __complete "$list" 2> /dev/null) ;;
            words) ;;
            *) return ;;
          esac
          # Readline replaces only what follows the last break.
          if [[ $COMP_WORDBREAKS == *=* ]]; then before=''; fi
          if [[ $COMP_WORDBREAKS == *:* && $cur == *:* ]]; then drop="${cur%:*}:"; fi
          while IFS= read -r line; do
            line=${line%%$'\t'*}
            [[ -n $line && $line == "$cur"* ]] || continue
            line=${line#"$drop"}
            if [[ -n $quote ]]; then printf -v line '%q' "$line"; fi
            COMPREPLY+=("$before$line")
          done <<< "$list"
        }

        """#
    }

    private var main: String {
        #"""
        \#(model.prefix)() {
          local at='' kind='' list='' ended='' before='' cur arguments=0
          local -a words=()
          COMPREPLY=()
          \#(model.prefix)_words
          cur=${words[${#words[@]} - 1]}
          \#(model.prefix)_walk "${words[@]:1:${#words[@]}-2}" || return 0
          \#(model.prefix)_choose
          \#(model.prefix)_reply
        }

        complete -F \#(model.prefix) \#(model.program)

        """#
    }
}
