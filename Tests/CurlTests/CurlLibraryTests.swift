import Curl
import Testing

struct CurlLibraryTests {
    @Test func `a library that is not there, or is another, is told`() {
        let failure = #expect(throws: CurlError.self) {
            try CurlLibrary(names: ["libnowhere.so.9", "libc.so.6"])
        }
        guard case .libraryUnusable(let names, let reason)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(names == ["libnowhere.so.9", "libc.so.6"])
        #expect(reason.contains("libnowhere.so.9"))
        #expect(failure?.fix.contains("libcurl4") == true)
    }

    @Test(.enabled(if: TestServers.areThere, "libcurl is not installed"))
    func `the first that can be used is taken`() throws {
        let library = try CurlLibrary(names: ["libnowhere.so.9"] + CurlLibrary.systemNames)
        #expect(library.version.first == "7" || library.version.first == "8")
    }
}
