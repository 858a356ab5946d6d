import KitTesting
import Platform
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct AtomicFileTests {
    @Test(arguments: [AtomicFile.Durability.full, .contents, .none])
    func `replaces a file as a whole and leaves nothing beside it`(durability: AtomicFile.Durability) throws {
        let folder = TemporaryFolder()
        let path = try folder.file("state", "old and longer")
        try AtomicFile.write(Array("new".utf8), to: path, mode: 0o600, durability: durability)
        #expect(try WholeFile.read(path, limitBytes: 100) == Array("new".utf8))
        #expect(try FileStatus(of: path).permissions == 0o600)
        #expect(try Directory.names(in: folder.path) == ["state"])
    }

    @Test func `a failure leaves the old file and nothing beside it`() throws {
        let folder = TemporaryFolder()
        try Directory.make("\(folder.path)/taken/inside")
        let error = try #require(throws: SystemError.self) {
            try AtomicFile.write([1], to: "\(folder.path)/taken")
        }
        #expect(error.call == "rename")
        #expect(try Directory.names(in: folder.path) == ["taken"])
        let missing = try #require(throws: SystemError.self) {
            try AtomicFile.write([1], to: "/no/such/folder/x")
        }
        #expect(missing.isMissing)
    }

    @Test func `replaces a link and not what it points to`() throws {
        let folder = TemporaryFolder()
        let target = try folder.file("target", "kept")
        let link = "\(folder.path)/link"
        #expect(symlink(target, link) == 0)
        try AtomicFile.write([], to: link)
        #expect(try WholeFile.read(target, limitBytes: 100) == Array("kept".utf8))
        #expect(try FileStatus(of: link, followingLinks: false).kind == .file)
    }

    @Test func `a name without a folder is in the current one`() throws {
        let name = "kit-test-\(UInt64.random(in: .min ... .max))"
        try AtomicFile.write([1, 2], to: name)
        #expect(try WholeFile.read(name, limitBytes: 2) == [1, 2])
        try Directory.remove(name)
    }
}

struct WholeFileTests {
    @Test func `refuses a file over the limit and takes one at it`() throws {
        let folder = TemporaryFolder()
        let path = try folder.file("x", "12345")
        #expect(try WholeFile.read(path, limitBytes: 5).count == 5)
        let error = try #require(throws: SystemError.self) { try WholeFile.read(path, limitBytes: 4) }
        #expect(error.code == EFBIG)
        #expect(throws: SystemError.self) { try WholeFile.read("/dev/zero", limitBytes: 100_000) }
    }

    @Test func `absence is nil only where asked for`() throws {
        #expect(try WholeFile.readIfPresent("/no/such/file", limitBytes: 1) == nil)
        #expect(throws: SystemError("open", on: "/no/such/file", code: ENOENT)) {
            try WholeFile.read("/no/such/file", limitBytes: 1)
        }
        #expect(throws: SystemError.self) { try WholeFile.readIfPresent("/tmp", limitBytes: 1) }
    }
}

struct DirectoryTests {
    @Test func `makes parents and does not mind what is there`() throws {
        let folder = TemporaryFolder()
        for path in ["a/b/c", "a/b/c", "a/b/c/", "a//d", "a"] {
            try Directory.make("\(folder.path)/\(path)", mode: 0o700)
        }
        #expect(try Directory.names(in: "\(folder.path)/a") == ["b", "d"])
        #expect(try FileStatus(of: "\(folder.path)/a/b").permissions == 0o700)
        let file = try folder.file("file", "")
        for path in [file, "\(file)/below", ""] {
            #expect(throws: SystemError.self) { try Directory.make(path) }
        }
    }

    @Test func `lists hidden names, and names that are not ASCII`() throws {
        let folder = TemporaryFolder()
        for name in [".hidden", "ä b", "Z", "a"] { _ = try folder.file(name, "") }
        #expect(try Directory.names(in: folder.path) == [".hidden", "Z", "a", "ä b"])
        #expect(throws: SystemError.self) { try Directory.names(in: "/no/such/folder") }
        #expect(throws: SystemError.self) { try Directory.names(in: "\(folder.path)/a") }
    }

    @Test func `removes a tree, read-only folders included, and follows no link`() throws {
        let folder = TemporaryFolder()
        let outside = try folder.file("outside", "kept")
        let tree = "\(folder.path)/tree"
        try Directory.make("\(tree)/a/b/c")
        try Directory.make("\(folder.path)/other")
        _ = try folder.file("other/file", "kept")
        _ = try folder.file("tree/a/b/file", "gone", mode: 0o400)
        #expect(symlink(outside, "\(tree)/a/link") == 0)
        #expect(symlink("\(folder.path)/other", "\(tree)/a/folder-link") == 0)
        #expect(symlink("nowhere", "\(tree)/dangling") == 0)
        #expect(chmod("\(tree)/a/b", 0o555) == 0)
        try Directory.remove(tree)
        #expect(try Directory.names(in: folder.path) == ["other", "outside"])
        #expect(try Directory.names(in: "\(folder.path)/other") == ["file"])
    }

    @Test func `reads a regular file, and is not held up by a pipe or led on by a link`() throws {
        let folder = TemporaryFolder()
        let file = try folder.file("file", "words")
        let (link, pipe) = ("\(folder.path)/link", "\(folder.path)/pipe")
        #expect(symlink(file, link) == 0 && mkfifo(pipe, 0o600) == 0)
        #expect(try WholeFile.readRegular(file, limitBytes: 10) == Array("words".utf8))
        #expect(try WholeFile.readRegular(link, limitBytes: 10) == Array("words".utf8))
        #expect(try WholeFile.readRegular(link, limitBytes: 10, followingLinks: false) == nil)
        for path in [pipe, folder.path, "/dev/zero", "\(folder.path)/none"] {
            #expect(try WholeFile.readRegular(path, limitBytes: 10) == nil)
        }
        #expect(throws: SystemError.self) { try WholeFile.readRegular(file, limitBytes: 4) }
    }

    @Test func `removes names that are not UTF-8, and folders closed to all`() throws {
        let folder = TemporaryFolder()
        let tree = "\(folder.path)/tree"
        for mode in [mode_t(0), 0o300, 0o500] {
            let closed = "\(tree)/closed-\(mode)"
            try Directory.make("\(closed)/inside")
            #expect(chmod(closed, mode) == 0)
        }
        let name: [CChar] = Array(tree.utf8CString.dropLast()) + [0x2F, -1, 0x61, 0]
        #if !canImport(Darwin)
            let made = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            #expect(made >= 0)
            _ = close(made)
        #endif
        #expect(chmod(tree, 0) == 0)
        try Directory.remove(tree)
        #expect(try Directory.names(in: folder.path) == [])
    }

    @Test func `removes a link to a folder and not the folder`() throws {
        let folder = TemporaryFolder()
        try Directory.make("\(folder.path)/target/inside")
        #expect(symlink("target", "\(folder.path)/link") == 0)
        try Directory.remove("\(folder.path)/link")
        try Directory.remove("\(folder.path)/never-there")
        #expect(try Directory.names(in: folder.path) == ["target"])
        #expect(try Directory.names(in: "\(folder.path)/target") == ["inside"])
    }
}

struct FileStatusTests {
    @Test func `tells kind, size and time`() throws {
        let folder = TemporaryFolder()
        let path = try folder.file("file", "12345", mode: 0o640)
        #expect(symlink(path, "\(folder.path)/link") == 0)
        let status = try FileStatus(of: path)
        #expect(status.kind == .file)
        #expect(status.sizeBytes == 5)
        #expect(status.permissions == 0o640)
        #expect(status.ownerID == geteuid())
        #expect(abs(status.modifiedSeconds - WallClock.unixSeconds()) <= 60)
        #expect(try FileStatus(of: "\(folder.path)/link") == status)
        #expect(try FileStatus(of: "\(folder.path)/link", followingLinks: false).kind == .symbolicLink)
        #expect(try FileStatus(of: folder.path).kind == .directory)
        #expect(try FileStatus(of: "/dev/null").kind == .other)
        #expect(FileStatus.ifPresent("/no/such/file") == nil)
    }
}
