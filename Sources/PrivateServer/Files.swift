import CFileSystem
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The few file operations that swift-system does not have.

/// The bytes of a whole file.
func contents(of path: FilePath) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try file.closeAfter {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
            if count == 0 { return bytes }
            bytes += buffer.prefix(count)
        }
    }
}

/// Writes a file that only its owner can read.
func writeFile(_ path: FilePath, _ bytes: [UInt8]) throws {
    let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate, .closeOnExec, .noFollow], permissions: .ownerReadWrite)
    _ = try file.closeAfter { try file.writeAll(bytes) }
}

/// A path with all symbolic links followed; the path itself where that fails.
func resolved(_ path: FilePath) -> FilePath {
    guard let real = realpath(path.string, nil) else { return path }
    defer { free(real) }
    return FilePath(String(cString: real))
}

/// The path from the root, whatever the working directory becomes.
func absolute(_ path: FilePath) -> FilePath {
    if path.isAbsolute { return path.lexicallyNormalized() }
    guard let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    return FilePath(String(cString: current)).pushing(path).lexicallyNormalized()
}

/// The bytes on disk of everything below a directory; what vanishes meanwhile counts nothing.
func sizeOfTree(_ path: FilePath) -> UInt64 {
    var total: UInt64 = 0
    for child in children(of: path) {
        var status = stat()
        guard lstat(child.string, &status) == 0 else { continue }
        // st_blocks counts 512 bytes, whatever the file system's own block is.
        total += UInt64(max(0, status.st_blocks)) * 512
        if status.st_mode & S_IFMT == S_IFDIR { total += sizeOfTree(child) }
    }
    return total
}

/// Waits until everything in a directory is on the disk, the directory itself included.
func syncTree(_ path: FilePath) throws {
    for child in children(of: path) {
        var status = stat()
        guard lstat(child.string, &status) == 0 else { throw Errno(rawValue: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: try syncTree(child)
        case S_IFREG: try sync(child)
        default: break
        }
    }
    try sync(path)
}

/// Waits until everything on the file system of a directory is on the disk: one wait for hundreds of new files.
func syncFileSystem(of path: FilePath) throws {
    #if os(Linux)
        let directory = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        defer { close(directory.rawValue) }
        guard sync_filesystem(directory.rawValue) == 0 else { throw Errno(rawValue: errno) }
    #else
        try syncTree(path)
    #endif
}

/// Waits until a file or a directory is on the disk.
func sync(_ path: FilePath) throws {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    defer { close(file.rawValue) }
    guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
}

/// Removes a directory and everything in it, or a file; following no links; what is absent is no error.
func removeTree(_ path: FilePath) throws {
    var own = stat()
    guard lstat(path.string, &own) == 0 else {
        if errno == ENOENT { return }
        throw Errno(rawValue: errno)
    }
    guard own.st_mode & S_IFMT == S_IFDIR else {
        guard unlink(path.string) == 0 || errno == ENOENT else { throw Errno(rawValue: errno) }
        return
    }
    for child in children(of: path) { try removeTree(child) }
    guard rmdir(path.string) == 0 || errno == ENOENT else { throw Errno(rawValue: errno) }
}

/// What a directory holds.
func children(of path: FilePath) -> [FilePath] {
    guard let stream = opendir(path.string) else { return [] }
    defer { closedir(stream) }
    var paths: [FilePath] = []
    while let entry = readdir(stream) {
        let name = name(of: entry)
        if name != "." && name != ".." { paths.append(path.appending(name)) }
    }
    return paths
}
