/// The script for zsh, for `compinit` to load or to be sourced after it.
struct ZshCompletion {
    let model: CompletionModel

    var script: String {
        "#compdef \(model.program)\n"
            + "# Completes `\(model.program)` in zsh. Made from its table of commands.\n\n"
            + ShellTables(model: model).script + "\n" + body
    }

    /// `_describe` wants `word:description`, colons in the word escaped.
    private var body: String {
        #"""

        \#(model.prefix)_reply() {
          local line word
          local -a described
          if [[ -n $before ]]; then compset -P 1 '*='; fi
          case "$kind" in
            file) _files; return ;;
            directory) _files -/; return ;;
            ask) list=$(command \#(model.program) __complete "$list" 2> /dev/null) ;;
            words) ;;
            *) return 1 ;;
          esac
          for line in "${(@f)list}"; do
            word=${line%%$'\t'*}
            [[ -n $word ]] || continue
            if [[ $line == *$'\t'* ]]; then
              described+=("${word//:/\\:}:${line#*$'\t'}")
            else
              described+=("${word//:/\\:}")
            fi
          done
          _describe 'value' described
        }

        \#(model.prefix)() {
          local at='' kind='' list='' ended='' before='' cur=$PREFIX
          integer arguments=0
          \#(model.prefix)_walk "${(@Q)words[2,CURRENT-1]}" || return 1
          \#(model.prefix)_choose
          \#(model.prefix)_reply
        }

        # Called by compinit's autoloading, or sourced.
        if [[ $funcstack[1] == \#(model.prefix) ]]; then
          \#(model.prefix) "$@"
        else
          compdef \#(model.prefix) \#(model.program)
        fi

        """#
    }
}
