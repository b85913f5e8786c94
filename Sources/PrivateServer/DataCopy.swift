import CFileSystem
import Dispatch
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why there is no image of some data, or why an image is of no use.
struct ImageProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The data of a server that does not run, on their way into an image or out of one.
struct DataCopy {
    /// The data directory.
    let path: FilePath

    // MARK: Into an image

    /// Copies the data to a new directory, without what each server has to have for itself.
    ///
    /// - Returns: What was copied.
    func keep(in target: FilePath) throws -> [Image.Entry] {
        guard mkdir(target.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
        var entries: [Image.Entry] = []
        try keep("", in: target, &entries)
        return entries
    }

    private func keep(_ name: String, in target: FilePath, _ entries: inout [Image.Entry]) throws {
        for child in children(of: path.pushing(FilePath(name))) {
            let inside = (name.isEmpty ? "" : name + "/") + (child.lastComponent?.string ?? "")
            if Self.isOwn(inside) { continue }
            var status = stat()
            guard lstat(child.string, &status) == 0 else { throw Errno(rawValue: errno) }
            let place = target.pushing(FilePath(inside))
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                guard mkdir(place.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
                entries.append(.init(path: inside, size: nil))
                try keep(inside, in: target, &entries)
            case S_IFREG where !inside.hasSuffix(".isl"):
                let size = Int64(status.st_size)
                try Self.open(child, place) { source, target in
                    try FileCopy(source: source, target: target, size: size).copyDiggingHoles()
                }
                entries.append(.init(path: inside, size: size))
            default:
                // A link, or InnoDB's file that does for one, leads to data elsewhere (DATA DIRECTORY), which two servers
                // would share.
                throw ImageProblem("\(inside) is a link: its data are elsewhere")
            }
        }
    }

    /// What no two servers may share, or what is waste. `auto.cnf` has MySQL's server_uuid: "The server generates a new
    /// one if there is no file" ("Replication and Binary Logging Options"). Spare redo files hold nothing: "spare … waiting
    /// to be used" ("Redo Log").
    private static func isOwn(_ name: String) -> Bool {
        name == "auto.cnf" || name.hasPrefix("#innodb_redo/") && name.hasSuffix("_tmp")
    }

    // MARK: Out of an image

    /// Makes the data what an image holds.
    ///
    /// Files that are there are written over, as making files is what takes longest; those that nobody wrote to since they
    /// were copied from the same image stay as they are.
    ///
    /// - Parameter known: The files that were copied from this image, as they were then.
    /// - Returns: The files as they are now.
    /// - Throws: `ImageProblem` if the image is not whole; `Errno` if the data cannot be written.
    func become(_ image: Image, known: [String: FileMark]) throws -> [String: FileMark] {
        var wanted: [String: Int64?] = [:]
        for entry in image.entries { wanted[entry.path] = .some(entry.size) }
        guard mkdir(path.string, 0o700) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
        var there: [String: stat] = [:]
        try clear("", wanted, &there)
        let tellsByTime = try marksAreTrue
        var marks: [String: FileMark] = [:]
        var missing: [(path: String, size: Int64)] = []
        for entry in image.entries {
            let present = there[entry.path]
            guard let size = entry.size else {
                let place = path.pushing(FilePath(entry.path))
                guard present != nil || mkdir(place.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
                continue
            }
            if tellsByTime, let present, let mark = known[entry.path], mark == FileMark(present) {
                marks[entry.path] = mark
                continue
            }
            missing.append((entry.path, size))
        }
        return try marks.merging(copies(missing, of: image)) { $1 }
    }

    /// Whether a file that was written to has another mark. Not on tmpfs: what is written through memory (mmap(2)), as MariaDB does
    /// with its redo log there, leaves the file's times as they are.
    private var marksAreTrue: Bool {
        get throws {
            let directory = try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
            defer { close(directory.rawValue) }
            return file_system_kind(directory.rawValue) != Self.tmpfs
        }
    }

    /// "statfs(2)".
    private static let tmpfs = 0x0102_1994

    /// Copies files out of an image, on two threads: a file takes long for the many there are, and both wait for the file system
    /// in turn.
    private func copies(_ files: [(path: String, size: Int64)], of image: Image) throws -> [String: FileMark] {
        let state = Mutex<(next: Int, marks: [String: FileMark], error: (any Error)?)>((0, [:], nil))
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            while true {
                let file = state.withLock { state -> (path: String, size: Int64)? in
                    guard state.error == nil, state.next < files.count else { return nil }
                    defer { state.next += 1 }
                    return files[state.next]
                }
                guard let file else { return }
                let mark = Result { try copy(file.path, file.size, of: image) }
                state.withLock { state in
                    switch mark {
                    case .success(let mark): state.marks[file.path] = mark
                    case .failure(let error): state.error = state.error ?? error
                    }
                }
            }
        }
        return try state.withLock { state in
            if let error = state.error { throw error }
            return state.marks
        }
    }

    private func copy(_ name: String, _ size: Int64, of image: Image) throws -> FileMark {
        let name = FilePath(name)
        var status = stat()
        try Self.open(image.data.pushing(name), path.pushing(name)) { source, target in
            guard try source.seek(offset: 0, from: .end) == size else { throw ImageProblem("\(name) is not whole") }
            _ = try FileCopy(source: source, target: target, size: size).copy()
            guard fstat(target.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
        }
        return FileMark(status)
    }

    /// Removes what the image does not hold, or holds as something else.
    private func clear(_ name: String, _ wanted: [String: Int64?], _ there: inout [String: stat]) throws {
        for child in children(of: path.pushing(FilePath(name))) {
            let inside = (name.isEmpty ? "" : name + "/") + (child.lastComponent?.string ?? "")
            var status = stat()
            guard lstat(child.string, &status) == 0 else { throw Errno(rawValue: errno) }
            let kind = status.st_mode & S_IFMT
            let size = wanted[inside]
            if kind == S_IFDIR {
                guard case .some(nil) = size else {
                    try removeTree(child)
                    continue
                }
                there[inside] = status
                try clear(inside, wanted, &there)
            } else if kind == S_IFREG, status.st_nlink == 1, case .some(.some) = size {
                there[inside] = status
            } else {
                guard unlink(child.string) == 0 else { throw Errno(rawValue: errno) }
            }
        }
    }

    private static func open(
        _ source: FilePath, _ target: FilePath, _ body: (FileDescriptor, FileDescriptor) throws -> Void
    ) throws {
        let from: FileDescriptor
        do {
            from = try FileDescriptor.open(source, .readOnly, options: [.closeOnExec, .noFollow])
        } catch {
            throw ImageProblem("\(source): \(error)")
        }
        defer { close(from.rawValue) }
        let to = try FileDescriptor.open(
            target, .writeOnly, options: [.create, .closeOnExec, .noFollow], permissions: .ownerReadWrite)
        defer { close(to.rawValue) }
        try body(from, to)
    }
}
