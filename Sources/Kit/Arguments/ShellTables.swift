/// The look-up tables and the walk over the words, in the language that bash and zsh share.
struct ShellTables {
    let model: CompletionModel

    var script: String {
        let tables = [
            function(.descend, descendRows), function(.option, kinds(model.values)),
            function(.argument, kinds(model.arguments)), function(.verbatim, verbatimRows),
            function(.commands, lists(model.commandCandidates)),
            function(.options, lists(model.optionCandidates)),
        ]
        return (tables + [walk, choose]).joined(separator: "\n")
    }

    private func function(_ lookUp: LookUp, _ rows: [String]) -> String {
        let cases = rows.map { "    \($0)\n" }.joined()
        // A shell refuses a `case` without cases.
        let body = rows.isEmpty ? "  return 1" : "  case \"\(lookUp.subject("$1"))\" in\n\(cases)  esac"
        let head = "# \(lookUp.comment("$1"))\n\(model.prefix)_\(lookUp.rawValue)() {\n"
        return head + body + "\n}\n"
    }

    private var descendRows: [String] {
        guard !model.commands.isEmpty else { return [] }
        return model.commands.map { "\(pattern($0.keys))) at=\(Self.quoted($0.value)) ;;" }
            + ["\(pattern(model.helpKeys))) ;;", "*) return 1 ;;"]
    }

    private var verbatimRows: [String] {
        model.verbatimKeys.isEmpty ? [] : ["\(pattern(model.verbatimKeys))) ;;", "*) return 1 ;;"]
    }

    private func kinds(_ rows: [CompletionModel.Row<ValueKind>]) -> [String] {
        rows.map { row in
            let list = row.value.completionList.joined(separator: "\n")
            let assignment = list.isEmpty ? "" : " list=\(Self.quoted(list))"
            return "\(pattern(row.keys))) kind=\(row.value.completionName)\(assignment) ;;"
        }
    }

    private func lists(_ rows: [CompletionModel.Row<[CompletionModel.Candidate]>]) -> [String] {
        rows.map { row in
            let lines = row.value.map { "\($0.word)\t\($0.meaning)" }.joined(separator: "\n")
            return "\(pattern(row.keys))) list=\(Self.quoted(lines)) ;;"
        }
    }

    private func pattern(_ keys: [CompletionModel.Key]) -> String {
        keys.map { key in
            let start = key.start.isEmpty && key.isOpen ? "" : Self.quoted(key.start)
            return start + (key.isOpen ? "*" : "") + (key.end.isEmpty ? "" : Self.quoted(key.end))
        }.joined(separator: " | ")
    }

    /// A literal; `$'…'` where the text has more than plain characters.
    static func quoted(_ text: String) -> String {
        let special: [Character: String] = ["\\": "\\\\", "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r"]
        let escaped = text.map { special[$0] ?? String($0) }.joined()
        return escaped == text ? "'\(text)'" : "$'\(escaped)'"
    }

    private var walk: String {
        #"""
        # Goes over the words before the current one; fails at a command it does not know. Afterwards $kind is
        # the value that the last word, an option, asks for.
        \#(model.prefix)_walk() {
          local word
          for word in "$@"; do
            if [[ -n $kind ]]; then
              kind='' list=''
            elif [[ -z $ended && $word == -?* ]]; then
              case "$word" in
                --) ended=1 ;;
                --*=*) ;;
                --*) \#(model.prefix)_option "$word" ;;
                *) \#(model.prefix)_bundle "$word" ;;
              esac
            elif \#(model.prefix)_descend "$word"; then
              :
            else
              \#(model.prefix)_commands
              [[ -z $list ]] || return 1
              arguments=$((arguments + 1))
              if \#(model.prefix)_verbatim "$arguments"; then ended=1; fi
            fi
          done
        }

        # -vo asks for the value of -o, -oVALUE has it.
        \#(model.prefix)_bundle() {
          \#(model.prefix)_option "${1:0:2}"
          [[ ${#1} -gt 2 ]] || return 0
          if [[ -n $kind ]]; then
            kind='' list=''
          else
            \#(model.prefix)_option "-${1: -1}"
          fi
        }

        """#
    }

    private var choose: String {
        #"""
        # Sets $kind and $list to what can stand where the cursor is; $cur becomes the part of the word that
        # is looked for, $before the rest.
        \#(model.prefix)_choose() {
          if [[ -n $kind ]]; then
            return
          elif [[ -z $ended && $cur == --*=* ]]; then
            \#(model.prefix)_option "${cur%%=*}"
            before=${cur%%=*}=
            cur=${cur#*=}
          elif [[ -z $ended && $cur == -* ]]; then
            kind=words
            \#(model.prefix)_options
          else
            \#(model.prefix)_commands
            if [[ -n $list ]]; then kind=words; else \#(model.prefix)_argument "$arguments"; fi
            if [[ -z $kind && -z $ended && -z $cur ]]; then
              kind=words
              \#(model.prefix)_options
            fi
          fi
        }
        """#
    }
}
