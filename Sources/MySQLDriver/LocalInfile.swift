import CMariaDB
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Serves `LOAD DATA LOCAL INFILE`, from one directory only.
///
/// The server, not the script, names the file that it wants ("Security Considerations for LOAD DATA LOCAL"), so every
/// name is resolved, links included, and must end up within the root.
final class LocalInfile {
    private let root: FilePath

    init(root: FilePath) {
        self.root = root
    }

    /// Makes a handle ask here. The handle must not outlive this object.
    func install(on handle: UnsafeMutablePointer<MYSQL>) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        mysql_set_local_infile_handler(handle, openLocalFile, readLocalFile, closeLocalFile, localFileError, me)
    }

    fileprivate func open(_ name: String) -> OpenFile {
        let file = OpenFile()
        do {
            let path = try resolved(FilePath(name).isAbsolute ? FilePath(name) : root.appending(name))
            guard path.starts(with: try resolved(root)) else {
                file.message = "LOAD DATA LOCAL may read within the project directory only."
                return file
            }
            // A pipe would wait for somebody who writes.
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .nonBlocking)
            var status = stat()
            guard fstat(descriptor.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                try descriptor.close()
                file.message = "The file of LOAD DATA LOCAL cannot be read: it is no regular file."
                return file
            }
            file.descriptor = descriptor
        } catch {
            file.message = "The file of LOAD DATA LOCAL cannot be read: \(error)."
        }
        return file
    }

    private func resolved(_ path: FilePath) throws -> FilePath {
        guard let text = realpath(path.string, nil) else { throw SystemPackage.Errno(rawValue: errno) }
        defer { free(text) }
        return FilePath(String(cString: text))
    }
}

/// A file while the server reads it.
private final class OpenFile {
    var descriptor: FileDescriptor?
    var message = ""
}

// The handler's four functions ("mysql_set_local_infile_handler()"); a file lives from the first to the third.

private func openLocalFile(
    _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ name: UnsafePointer<CChar>?,
    _ owner: UnsafeMutableRawPointer?
) -> Int32 {
    guard let state, let name, let owner else { return 1 }
    let file = Unmanaged<LocalInfile>.fromOpaque(owner).takeUnretainedValue().open(String(cString: name))
    state.pointee = Unmanaged.passRetained(file).toOpaque()
    return file.descriptor == nil ? 1 : 0
}

private func readLocalFile(
    _ state: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ size: UInt32
) -> Int32 {
    guard let state, let buffer else { return -1 }
    let file = Unmanaged<OpenFile>.fromOpaque(state).takeUnretainedValue()
    do {
        let target = UnsafeMutableRawBufferPointer(start: buffer, count: Int(size))
        return Int32(try file.descriptor?.read(into: target) ?? 0)
    } catch {
        file.message = "The file of LOAD DATA LOCAL cannot be read: \(error)."
        return -1
    }
}

private func closeLocalFile(_ state: UnsafeMutableRawPointer?) {
    guard let state else { return }
    let file = Unmanaged<OpenFile>.fromOpaque(state).takeRetainedValue()
    do {
        try file.descriptor?.close()
    } catch {
        file.message = "\(error)"
    }
}

private func localFileError(
    _ state: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ size: UInt32
) -> Int32 {
    guard let state, let buffer, size > 0 else { return 2000 }
    let file = Unmanaged<OpenFile>.fromOpaque(state).takeUnretainedValue()
    var text = Array(file.message.utf8.prefix(Int(size) - 1)).map { CChar(bitPattern: $0) }
    text.append(0)
    buffer.update(from: text, count: text.count)
    return 2000
}
