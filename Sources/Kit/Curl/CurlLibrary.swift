import CCurl
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system's libcurl, opened at run time: the program starts, and is built, without it.
///
/// It stays open until the process ends; a value is cheap to make a second time, and may be used on any
/// thread.
package struct CurlLibrary: Sendable {
    /// What the library is called: with OpenSSL, then Debian's other flavour with GnuTLS, which serves as
    /// well.
    package static var systemNames: [String] {
        #if canImport(Darwin)
            ["libcurl.4.dylib"]
        #else
            ["libcurl.so.4", "libcurl-gnutls.so.4"]
        #endif
    }

    /// 7.68.0, of 2020: the first with `curl_multi_wakeup`, by which a wait is called off at once.
    static let oldestVersion: UInt32 = 0x07_44_00

    /// Such as `7.88.1`.
    package let version: String
    let functions: CurlFunctions

    /// Opens the first of `names` that is there and can be used.
    ///
    /// - Parameter names: library names for dlopen(3), or paths.
    package init(names: [String] = CurlLibrary.systemNames) throws(CurlError) {
        var reasons: [String] = []
        for name in names {
            switch Self.open(name) {
            case .success(let library):
                self = library
                return
            case .failure(let problem):
                reasons.append(problem.reason)
            }
        }
        throw .libraryUnusable(names: names, reason: reasons.joined(separator: "; "))
    }

    private init(version: String, functions: CurlFunctions) {
        (self.version, self.functions) = (version, functions)
    }

    private static let initialising = Mutex(())

    private struct Refusal: Error {
        let reason: String
    }

    private static func open(_ name: String) -> Result<CurlLibrary, Refusal> {
        guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            return .failure(Refusal(reason: dlerror().map { String(cString: $0) } ?? "cannot open \(name)"))
        }
        let functions: CurlFunctions
        do throws(CurlFunctions.Missing) {
            functions = try CurlFunctions(of: handle)
        } catch {
            return .failure(Refusal(reason: "\(name) lacks the function \(error.name)"))
        }
        guard let info = functions.versionInfo(0), let text = info.pointee.version else {
            return .failure(Refusal(reason: "\(name) does not tell its version"))
        }
        let version = String(cString: text)
        guard info.pointee.number >= oldestVersion else {
            return .failure(Refusal(reason: "\(name) is \(version), older than 7.68"))
        }
        guard info.pointee.features & Int32(CCURL_HAS_TLS) != 0 else {
            return .failure(Refusal(reason: "\(name) was built without TLS"))
        }
        // Before 7.84 two threads may not do this at once. Libcurl counts the calls; it is never undone, as
        // other users in the process may still need it.
        let code = initialising.withLock { _ in functions.globalInit(Int(CCURL_GLOBAL_DEFAULT)) }
        guard code == CurlCode.ok else {
            return .failure(Refusal(reason: "\(name) cannot be initialised"))
        }
        return .success(CurlLibrary(version: version, functions: functions))
    }
}
