/// A script that completes a program's command lines in a shell, made from its table.
///
/// Commands, options and fixed values are written into the script; only values of the kind `.asked` start the
/// program, as `PROGRAM __complete KIND`. Candidates are never evaluated, whatever the program prints.
package struct CompletionScript: Sendable {
    package enum Shell: String, Sendable, CaseIterable {
        /// 3.2, macOS's, and later; without the bash-completion package.
        case bash
        case zsh
        case fish
    }

    package static func render(_ program: CommandTable, for shell: Shell) -> String {
        let model = CompletionModel(program)
        return switch shell {
        case .bash: BashCompletion(model: model).script
        case .zsh: ZshCompletion(model: model).script
        case .fish: FishCompletion(model: model).script
        }
    }
}

/// The functions of a script that hold the model's tables.
enum LookUp: String {
    case descend, option, argument, verbatim, commands, options

    /// `argument` is how the shell spells a function's first argument.
    func comment(_ argument: String) -> String {
        switch self {
        case .descend: "Moves $at to the command \(argument) beneath it; fails if there is none."
        case .option: "Sets $kind and $list to the value of the option \(argument); a flag leaves them."
        case .argument: "Sets $kind and $list to the argument that follows \(argument) others."
        case .verbatim: "Whether after \(argument) arguments all words are arguments."
        case .commands: "Sets $list to the commands beneath $at."
        case .options: "Sets $list to the options of $at."
        }
    }

    /// What is looked up: a `CompletionModel.Key`.
    func subject(_ argument: String) -> String {
        switch self {
        case .descend, .option, .argument, .verbatim: "$at/\(argument)"
        case .commands, .options: "$at"
        }
    }
}

extension CompletionModel {
    /// Begins the names of the script's functions.
    var prefix: String { "_" + String(program.map { $0 == "-" ? "_" : $0 }) }
}

extension ValueKind {
    /// The word by which the scripts tell kinds apart.
    var completionName: String {
        switch self {
        case .text, .integer, .duration: "text"
        case .file: "file"
        case .directory: "directory"
        case .oneOf, .suggested: "words"
        case .asked: "ask"
        }
    }

    /// The candidates of `words`, the kind to ask for of `ask`.
    var completionList: [String] {
        switch self {
        case .text, .integer, .duration, .file, .directory: []
        case .oneOf(let words), .suggested(let words): words
        case .asked(let kind): [kind]
        }
    }
}
