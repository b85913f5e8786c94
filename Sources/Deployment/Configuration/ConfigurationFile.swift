import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads the small files that a configuration consists of.
enum ConfigurationFile {
    /// Larger than any configuration; keeps a wrong path from filling the memory.
    static let largest = 8 << 20

    /// Whether there is anything of this name, a dangling link included: reading that says what is wrong with it.
    static func exists(_ path: FilePath) -> Bool {
        var status = stat()
        return lstat(path.string, &status) == 0
    }

    static func isDirectory(_ path: FilePath) -> Bool {
        var status = stat()
        return stat(path.string, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Which file or directory a path leads to, links followed; nil if there is none.
    static func identity(_ path: FilePath) -> Identity? {
        var status = stat()
        guard stat(path.string, &status) == 0 else { return nil }
        return Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
    }

    /// The same for all names of one file.
    struct Identity: Equatable {
        let device: UInt64
        /// The inode.
        let number: UInt64
    }

    /// Whether everyone may change the file.
    static func isWorldWritable(_ path: FilePath) -> Bool {
        var status = stat()
        return stat(path.string, &status) == 0 && status.st_mode & S_IWOTH != 0
    }

    /// Why this process cannot read the file, or nil if it can.
    static func obstacle(_ path: FilePath) -> String? {
        if isDirectory(path) { return "it is a directory" }
        guard access(path.string, R_OK) != 0 else { return nil }
        return Errno(rawValue: errno).description
    }

    /// The file's bytes.
    ///
    /// - Parameter name: how the file is called in errors.
    /// - Throws: `.badConfiguration` if it is a directory, too large or cannot be read.
    static func bytes(_ path: FilePath, name: String) throws(DeploymentError) -> [UInt8] {
        if isDirectory(path) {
            throw DeploymentError(.badConfiguration, "This is a directory, not a file.", place: Place(file: name))
        }
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try file.closeAfter {
                var bytes: [UInt8] = []
                while bytes.count <= largest {
                    let chunk = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
                    }
                    if chunk.isEmpty { return bytes }
                    bytes += chunk
                }
                throw Errno.fileTooLarge
            }
        } catch {
            throw DeploymentError(.badConfiguration, "Cannot be read: \(error).", place: Place(file: name))
        }
    }

    /// The file as text, without a byte order mark.
    ///
    /// - Throws: `.badConfiguration` as `bytes` does, and with line and column of the first byte that is not UTF-8.
    static func text(_ path: FilePath, name: String) throws(DeploymentError) -> String {
        var bytes = try bytes(path, name: name)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        if let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) { return text }
        let place = placeOfFirstBadByte(bytes, name: name)
        throw DeploymentError(
            .badConfiguration, "The file is not UTF-8 text.", place: place, advice: "Save it as UTF-8.")
    }

    private static func placeOfFirstBadByte(_ bytes: [UInt8], name: String) -> Place {
        var line = 1
        var column = 1
        var decoder = UTF8()
        var source = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&source), scalar != "\0" {
            column += 1
            if scalar == "\n" { (line, column) = (line + 1, 1) }
        }
        return Place(file: name, line: line, column: column)
    }
}
