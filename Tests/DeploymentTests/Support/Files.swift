import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

func createDirectory(_ path: FilePath) throws {
    if mkdir(path.string, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw SystemPackage.Errno(rawValue: errno) }
    try createDirectory(path.removingLastComponent())
    try createDirectory(path)
}

func removeFile(_ path: FilePath) throws {
    if unlink(path.string) != 0 { throw SystemPackage.Errno(rawValue: errno) }
}

func renameFile(_ path: FilePath, to new: FilePath) throws {
    if rename(path.string, new.string) != 0 { throw SystemPackage.Errno(rawValue: errno) }
}

func linkFile(_ path: FilePath, to target: String) throws {
    if symlink(target, path.string) != 0 { throw SystemPackage.Errno(rawValue: errno) }
}

func readFile(_ path: FilePath) throws -> String { String(decoding: try readBytes(path), as: UTF8.self) }

func readBytes(_ path: FilePath) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
            if count == 0 { return text }
            text += buffer[..<count]
        }
    }
}

func writeBytes(_ bytes: some Sequence<UInt8>, to path: FilePath) throws {
    let file = try FileDescriptor.open(path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(bytes) }
}

/// Seconds and nanoseconds.
func modificationTime(_ path: FilePath) throws -> timespec {
    var status = stat()
    guard stat(path.string, &status) == 0 else { throw SystemPackage.Errno(rawValue: errno) }
    return status.st_mtim
}

func setModificationTime(_ path: FilePath, _ time: timespec) throws {
    if utimensat(AT_FDCWD, path.string, [time, time], 0) != 0 { throw SystemPackage.Errno(rawValue: errno) }
}
