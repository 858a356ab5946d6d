import CCurl
import Platform

/// An easy handle of libcurl in a multi handle of its own: driven by us, so that it can be called off. The
/// multi handle is where connections are kept for the next request. For one thread.
final class CurlTransfer {
    /// How long libcurl may wait before it is asked again; it wakes up by itself for everything it knows of.
    private static let longestWaitMilliseconds: Int32 = 60_000

    let functions: CurlFunctions
    let easy: CurlFunctions.Handle
    private let multi: CurlFunctions.Handle
    private let libraryVersion: String
    /// Where libcurl says in words what failed.
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CCURL_ERROR_SIZE))
    private var headerList: CurlFunctions.Handle?
    private var isAdded = false

    init(_ library: CurlLibrary) throws(CurlError) {
        functions = library.functions
        libraryVersion = library.version
        guard let easy = functions.easyInit() else { throw Self.outOfMemory(library) }
        guard let multi = functions.multiInit() else {
            functions.easyCleanup(easy)
            throw Self.outOfMemory(library)
        }
        (self.easy, self.multi) = (easy, multi)
        errorText.pointee = 0
    }

    private static func outOfMemory(_ library: CurlLibrary) -> CurlError {
        .libraryUnusable(names: ["libcurl \(library.version)"], reason: "it is out of memory")
    }

    deinit {
        // Closing a TLS connection writes to it.
        PipeSignal.held {
            detach()
            functions.easyCleanup(easy)
            _ = functions.multiCleanup(multi)
        }
        functions.listFree(headerList)
        errorText.deallocate()
    }

    /// Forgets all options; connections stay.
    func reset() {
        PipeSignal.held { detach() }
        functions.easyReset(easy)
        functions.listFree(headerList)
        headerList = nil
    }

    private func detach() {
        if isAdded { _ = functions.multiRemove(multi, easy) }
        isAdded = false
    }

    /// What requests and streams have in common.
    ///
    /// - Throws: `malformed` for an address that is none, or not of a kind that `settings` allows.
    func prepare(_ url: String, _ settings: CurlSettings, timeout: Duration) throws(CurlError) -> CurlTarget {
        let address = try CurlAddress(url, allowsPlainHTTP: settings.allowsPlainHTTP)
        let protocols =
            settings.allowsPlainHTTP ? CCURL_PROTOCOL_HTTP | CCURL_PROTOCOL_HTTPS : CCURL_PROTOCOL_HTTPS
        try set(CCURLOPT_ERRORBUFFER, UnsafeRawPointer(errorText))
        try set(CCURLOPT_URL, text: url)
        try set(CCURLOPT_PROTOCOLS, protocols)
        try set(CCURLOPT_USERAGENT, text: settings.userAgent)
        // Signals belong to the program, and a name that is resolved must not raise SIGALRM.
        try set(CCURLOPT_NOSIGNAL, 1)
        // Both are the default; nothing may depend on how a library was built.
        try set(CCURLOPT_SSL_VERIFYPEER, 1)
        try set(CCURLOPT_SSL_VERIFYHOST, 2)
        try set(CCURLOPT_SSLVERSION, CCURL_TLS_1_2)
        // One request at a time is all there is, for which HTTP/2 has nothing to give.
        try set(CCURLOPT_HTTP_VERSION, CCURL_HTTP_1_1)
        try set(CCURLOPT_TCP_KEEPALIVE, 1)
        try set(CCURLOPT_TCP_NODELAY, 1)
        try set(CCURLOPT_TIMEOUT_MS, timeout.wholeMilliseconds)
        try set(CCURLOPT_CONNECTTIMEOUT_MS, min(settings.connectTimeout, timeout).wholeMilliseconds)
        if let path = settings.authoritiesPath { try set(CCURLOPT_CAINFO, text: path) }
        return CurlTarget(host: address.host, timeout: timeout, authoritiesPath: settings.authoritiesPath)
    }

    /// Carries the transfer out.
    ///
    /// - Returns: libcurl's code for how it ended.
    func run(_ cancellation: CurlCancellation) throws(CurlError) -> Int32 {
        errorText.pointee = 0
        guard functions.multiAdd(multi, easy) == CurlCode.ok else {
            throw .libraryUnusable(names: ["libcurl \(libraryVersion)"], reason: "it takes no transfer")
        }
        isAdded = true
        let wakeUp = functions.multiWakeUp
        let address = UInt(bitPattern: multi)
        return try cancellation.during(alarm: {
            if let multi = CurlFunctions.Handle(bitPattern: address) { _ = wakeUp(multi) }
        }) { () throws(CurlError) in
            try drive(cancellation)
        }
    }

    private func drive(_ cancellation: CurlCancellation) throws(CurlError) -> Int32 {
        var running: Int32 = 1
        while true {
            if cancellation.isCancelled { throw .cancelled }
            let code = PipeSignal.held { functions.multiPerform(multi, &running) }
            guard code == CurlCode.ok else { return Int32(CCURLE_OUT_OF_MEMORY) }
            if running == 0 { return finished() }
            _ = functions.multiPoll(multi, nil, 0, Self.longestWaitMilliseconds, nil)
        }
    }

    private func finished() -> Int32 {
        var left: Int32 = 0
        while let message = functions.multiNext(multi, &left) {
            if message.pointee.message == Int32(CCURL_MESSAGE_DONE) { return message.pointee.data.result }
        }
        return Int32(CCURLE_OUT_OF_MEMORY)
    }

    /// libcurl's words for a failure, in one line that a terminal may be shown.
    func reason(for code: Int32) -> String {
        let said = String(cString: errorText)
        let text = said.isEmpty ? functions.errorText(code).map { String(cString: $0) } ?? "" : said
        let printable = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) }
        return String(printable.prefix(200))
    }
}

// MARK: - Options

extension CurlTransfer {
    func set(_ option: Int, _ value: Int) throws(CurlError) {
        try check(ccurl_set_long(functions.setOption, easy, Int32(option), value), option)
    }

    func set(copyingBody body: [UInt8]) throws(CurlError) {
        let size = ccurl_set_offset(
            functions.setOption, easy, Int32(CCURLOPT_POSTFIELDSIZE_LARGE), Int64(body.count))
        try check(size, CCURLOPT_POSTFIELDSIZE_LARGE)
        // After the size, without which it would be taken for a C string. Of no bytes there is no address.
        let copied = (body.isEmpty ? [0] : body).withUnsafeBytes {
            ccurl_set_pointer(functions.setOption, easy, Int32(CCURLOPT_COPYPOSTFIELDS), $0.baseAddress)
        }
        try check(copied, CCURLOPT_COPYPOSTFIELDS)
    }

    func set(_ option: Int, _ pointer: UnsafeRawPointer?) throws(CurlError) {
        try check(ccurl_set_pointer(functions.setOption, easy, Int32(option), pointer), option)
    }

    /// libcurl keeps a copy.
    func set(_ option: Int, text: String) throws(CurlError) {
        try check(
            text.withCString { ccurl_set_pointer(functions.setOption, easy, Int32(option), $0) }, option)
    }

    func set(_ option: Int, _ sink: @escaping ccurl_sink) throws(CurlError) {
        try check(ccurl_set_sink(functions.setOption, easy, Int32(option), sink), option)
    }

    /// - Precondition: none holds a line break or a zero byte; see `CurlAddress.check`.
    func set(headers: [String]) throws(CurlError) {
        var list: CurlFunctions.Handle?
        for header in headers {
            guard let longer = functions.listAppend(list, header) else {
                functions.listFree(list)
                throw .libraryUnusable(names: ["libcurl \(libraryVersion)"], reason: "it is out of memory")
            }
            list = longer
        }
        functions.listFree(headerList)
        headerList = list
        try set(CCURLOPT_HTTPHEADER, UnsafeRawPointer(list))
    }

    private func check(_ code: Int32, _ option: Int) throws(CurlError) {
        guard code != CurlCode.ok else { return }
        throw .libraryUnusable(
            names: ["libcurl \(libraryVersion)"], reason: "option \(option) is refused with code \(code)")
    }

    func number(_ info: Int) -> Int {
        var value = 0
        return ccurl_get_long(functions.getInfo, easy, Int32(info), &value) == CurlCode.ok ? value : 0
    }
}

extension Duration {
    /// Rounded up, at least one: zero would mean “for ever” to libcurl.
    fileprivate var wholeMilliseconds: Int {
        max(1, Int((clampedNanoseconds - 1) / 1_000_000 + 1))
    }
}
