import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// The listener from its start to its exit status; `orch listen` becomes it.
///
/// - Returns: 0 after an orderly end; 3 where the configuration is at fault, 1 where anything else is.
package func runListener() -> Int32 {
    let environment = Command.Environment.current().values
    let log = ListenerLog()
    do {
        return try Listener(environment: environment, log: log).run()
    } catch {
        log.error(error)
        return error is ConfigError || (error as? ListenerError)?.isOfConfiguration == true ? 3 : 1
    }
}
