/// The script for fish: the same walk as `ShellTables` has, in another language.
struct FishCompletion {
    let model: CompletionModel

    var script: String {
        let tables = [
            function(.descend, descendRows), function(.option, kinds(model.values)),
            function(.argument, kinds(model.arguments)), function(.verbatim, verbatimRows),
            function(.commands, lists(model.commandCandidates)),
            function(.options, lists(model.optionCandidates)),
        ]
        let head = "# Completes `\(model.program)` in fish. Made from its table of commands.\n"
        return ([head] + tables + [walk, body]).joined(separator: "\n")
    }

    private var prefix: String { "_\(model.prefix)" }

    private func function(_ lookUp: LookUp, _ rows: [String]) -> String {
        let cases = rows.map { "        \($0)\n" }.joined()
        return """
            # \(lookUp.comment("$argv[1]"))
            function \(prefix)_\(lookUp.rawValue) --no-scope-shadowing
                switch "\(lookUp.subject("$argv[1]"))"
            \(cases)        case '*'
                        return 1
                end
                # `set` leaves the status as it was.
                return 0
            end

            """
    }

    private var descendRows: [String] {
        model.commands.map { "case \(pattern($0.keys)); set at \(Self.quoted($0.value))" }
            + (model.helpKeys.isEmpty ? [] : ["case \(pattern(model.helpKeys))"])
    }

    private var verbatimRows: [String] {
        model.verbatimKeys.isEmpty ? [] : ["case \(pattern(model.verbatimKeys))"]
    }

    private func kinds(_ rows: [CompletionModel.Row<ValueKind>]) -> [String] {
        rows.map { row in
            let list = row.value.completionList.map { " " + Self.quoted($0) }.joined()
            return "case \(pattern(row.keys)); set kind \(row.value.completionName); set list\(list)"
        }
    }

    private func lists(_ rows: [CompletionModel.Row<[CompletionModel.Candidate]>]) -> [String] {
        rows.map { row in
            let lines = row.value.map { " \(Self.quoted($0.word))\\t\(Self.quoted($0.meaning))" }.joined()
            return "case \(pattern(row.keys)); set list\(lines)"
        }
    }

    /// fish matches the wildcard of a `case` within quotes, too; names of commands and options have none of
    /// their own.
    private func pattern(_ keys: [CompletionModel.Key]) -> String {
        keys.map { Self.quoted($0.start + ($0.isOpen ? "*" : "") + $0.end) }.joined(separator: " ")
    }

    static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "\\" || $0 == "'" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}

// What is the same for every table.
extension FishCompletion {
    private var walk: String {
        #"""
        function \#(prefix)_dashed --no-scope-shadowing
            switch $argv[1]
                case --; set ended 1
                case '--*=*'
                case '--*'; \#(prefix)_option $argv[1]
                case '*'
                    \#(prefix)_option (string sub -l 2 -- $argv[1])
                    if test (string length -- $argv[1]) -gt 2
                        if test -n "$kind"
                            set kind ''
                        else
                            \#(prefix)_option -(string sub -s -1 -- $argv[1])
                        end
                    end
            end
        end

        # Goes over the words before the current one; fails at a command it does not know.
        function \#(prefix)_walk --no-scope-shadowing
            for word in $argv
                if test -n "$kind"
                    set kind ''
                else if test -z "$ended"; and test "$word" != -; and string match -q -- '-*' $word
                    \#(prefix)_dashed $word
                else if \#(prefix)_descend $word
                    continue
                else if \#(prefix)_commands
                    return 1
                else
                    set arguments (math $arguments + 1)
                    if \#(prefix)_verbatim $arguments; set ended 1; end
                end
            end
        end

        """#
    }

    private var body: String {
        #"""
        function \#(prefix)_choose --no-scope-shadowing
            if test -n "$kind"
                return
            else if test -z "$ended"; and string match -q -- '--*=*' "$cur"
                set before (string replace -r -- '=.*' = "$cur")
                set cur (string replace -r -- '^[^=]*=' '' "$cur")
                \#(prefix)_option (string sub -e -1 -- $before)
            else if test -z "$ended"; and string match -q -- '-*' "$cur"
                set kind words
                \#(prefix)_options
            else if \#(prefix)_commands
                set kind words
            else if not \#(prefix)_argument $arguments; and test -z "$ended$cur"
                set kind words
                \#(prefix)_options
            end
        end

        function \#(prefix)_complete
            set -l at ''
            set -l kind ''
            set -l list
            set -l ended ''
            set -l before ''
            set -l arguments 0
            set -l words (commandline -opc)
            set -l cur (commandline -ct)
            \#(prefix)_walk $words[2..]; or return
            \#(prefix)_choose
            switch $kind
                case file; set list (__fish_complete_path "$cur")
                case directory; set list (__fish_complete_directories "$cur" '')
                case ask; set list (command \#(model.program) __complete $list 2>/dev/null)
                case words
                case '*'; return
            end
            for line in $list
                printf '%s%s\n' $before $line
            end
        end

        complete -c \#(model.program) -e
        complete -c \#(model.program) -f -a '(\#(prefix)_complete)'

        """#
    }
}
