/// What a command takes: positionals in the order they are typed, options in the order help shows them.
package struct Parameters: Sendable, Equatable {
    package var positionals: [Positional]
    package var options: [Option]

    package init(positionals: [Positional] = [], options: [Option] = []) {
        self.positionals = positionals
        self.options = options
    }
}

/// Lets a table list its parameters one a line, shared ones among them.
@resultBuilder
package enum ParametersBuilder {
    package static func buildExpression(_ positional: Positional) -> Parameters {
        Parameters(positionals: [positional])
    }

    package static func buildExpression(_ option: Option) -> Parameters { Parameters(options: [option]) }

    package static func buildExpression(_ flag: Flag) -> Parameters { Parameters(options: [flag.option]) }

    package static func buildExpression(_ shared: Parameters) -> Parameters { shared }

    package static func buildBlock(_ parts: Parameters...) -> Parameters {
        var all = Parameters()
        for part in parts {
            all.positionals += part.positionals
            all.options += part.options
        }
        return all
    }
}
