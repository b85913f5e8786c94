import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The file that takes what a server says on its standard output and standard error.
struct ErrorLog {
    let path: FilePath
    /// Where the log stood when it was opened here: what follows is about this start.
    private let start: Int64

    private static let longest: Int64 = 4 << 20

    /// Opens the log for a server's start. A log that has become long (4 MB) is put aside as `….old` first.
    ///
    /// - Throws: `Errno` if it cannot be written.
    static func open(_ path: FilePath) throws -> (log: ErrorLog, descriptor: FileDescriptor) {
        var descriptor = try append(path)
        var size = try descriptor.seek(offset: 0, from: .end)
        if size > longest {
            try descriptor.close()
            guard rename(path.string, path.string + ".old") == 0 else { throw Errno(rawValue: errno) }
            descriptor = try append(path)
            size = 0
        }
        return (ErrorLog(path: path, start: size), descriptor)
    }

    private static func append(_ path: FilePath) throws -> FileDescriptor {
        try FileDescriptor.open(
            path, .writeOnly, options: [.append, .create, .closeOnExec, .noFollow], permissions: .ownerReadWrite)
    }

    init(path: FilePath, start: Int64 = 0) {
        self.path = path
        self.start = start
    }

    /// The last lines about this start: the errors if there are any, otherwise whatever there is.
    func lastLines() -> [String] {
        let text: String
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            defer { close(file.rawValue) }
            let end = try file.seek(offset: 0, from: .end)
            let from = max(start, end - 16384)
            var buffer = [UInt8](repeating: 0, count: Int(max(0, end - from)))
            let count = try buffer.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: from, into: $0) }
            text = String(decoding: buffer.prefix(count), as: UTF8.self)
        } catch {
            return ["(it cannot be read: \(error))"]
        }
        let lines = text.split(separator: "\n").map(String.init)
        let errors = lines.filter { $0.contains("[ERROR]") || $0.contains("[FATAL]") || $0.hasPrefix("ERROR") }
        return Array((errors.isEmpty ? lines : errors).suffix(10))
    }
}
