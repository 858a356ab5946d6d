import CCurl

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The functions of one opened library.
struct CurlFunctions: Sendable {
    typealias Handle = UnsafeMutableRawPointer

    struct Missing: Error {
        let name: String
    }

    let globalInit: @convention(c) @Sendable (Int) -> Int32
    let versionInfo: @convention(c) @Sendable (Int32) -> UnsafePointer<ccurl_version>?
    let errorText: @convention(c) @Sendable (Int32) -> UnsafePointer<CChar>?
    let listAppend: @convention(c) @Sendable (Handle?, UnsafePointer<CChar>) -> Handle?
    let listFree: @convention(c) @Sendable (Handle?) -> Void

    let easyInit: @convention(c) @Sendable () -> Handle?
    let easyReset: @convention(c) @Sendable (Handle) -> Void
    let easyCleanup: @convention(c) @Sendable (Handle) -> Void
    let easySend:
        @convention(c) @Sendable (Handle, UnsafeRawPointer?, Int, UnsafeMutablePointer<Int>) -> Int32
    let easyReceive: @convention(c) @Sendable (Handle, Handle?, Int, UnsafeMutablePointer<Int>) -> Int32

    let multiInit: @convention(c) @Sendable () -> Handle?
    let multiAdd: @convention(c) @Sendable (Handle, Handle) -> Int32
    let multiRemove: @convention(c) @Sendable (Handle, Handle) -> Int32
    let multiPerform: @convention(c) @Sendable (Handle, UnsafeMutablePointer<Int32>) -> Int32
    let multiPoll:
        @convention(c) @Sendable (Handle, Handle?, UInt32, Int32, UnsafeMutablePointer<Int32>?) -> Int32
    let multiWakeUp: @convention(c) @Sendable (Handle) -> Int32
    let multiNext:
        @convention(c) @Sendable (Handle, UnsafeMutablePointer<Int32>) -> UnsafeMutablePointer<
            ccurl_message
        >?
    let multiCleanup: @convention(c) @Sendable (Handle) -> Int32

    /// The addresses of the variadic ones, for the wrappers of `CCurl`.
    let setOption: UInt
    let getInfo: UInt

    init(of library: Handle) throws(Missing) {
        func address(_ name: String) throws(Missing) -> Handle {
            guard let address = dlsym(library, name) else { throw Missing(name: name) }
            return address
        }
        func find<Function>(_ name: String) throws(Missing) -> Function {
            unsafeBitCast(try address(name), to: Function.self)
        }
        globalInit = try find("curl_global_init")
        versionInfo = try find("curl_version_info")
        errorText = try find("curl_easy_strerror")
        listAppend = try find("curl_slist_append")
        listFree = try find("curl_slist_free_all")
        easyInit = try find("curl_easy_init")
        easyReset = try find("curl_easy_reset")
        easyCleanup = try find("curl_easy_cleanup")
        easySend = try find("curl_easy_send")
        easyReceive = try find("curl_easy_recv")
        multiInit = try find("curl_multi_init")
        multiAdd = try find("curl_multi_add_handle")
        multiRemove = try find("curl_multi_remove_handle")
        multiPerform = try find("curl_multi_perform")
        multiPoll = try find("curl_multi_poll")
        multiWakeUp = try find("curl_multi_wakeup")
        multiNext = try find("curl_multi_info_read")
        multiCleanup = try find("curl_multi_cleanup")
        setOption = UInt(bitPattern: try address("curl_easy_setopt"))
        getInfo = UInt(bitPattern: try address("curl_easy_getinfo"))
    }
}
