import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A pipe inside this process, by which one thread wakes another.
final class Pipe: Sendable {
    let readEnd: FileDescriptor
    private let writeEnd: FileDescriptor

    init() throws {
        (readEnd, writeEnd) = try FileDescriptor.pipe()
        for end in [readEnd, writeEnd] {
            _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end.rawValue, F_SETFL, O_NONBLOCK)
        }
    }

    deinit {
        do {
            try readEnd.close()
            try writeEnd.close()
        } catch { assertionFailure("\(error)") }
    }

    /// Puts a byte in. A full pipe wakes the reader just as well.
    func write(_ byte: UInt8 = 0) {
        var byte = byte
        _ = systemWrite(writeEnd.rawValue, &byte, 1)
    }

    /// Takes a byte out; nil if there is none.
    func read() -> UInt8? {
        var byte: UInt8 = 0
        return systemRead(readEnd.rawValue, &byte, 1) == 1 ? byte : nil
    }

    /// Waits until there is a byte, or the time is over.
    ///
    /// - Parameter milliseconds: -1 means no limit.
    func wait(milliseconds: Int32 = -1) {
        var end = pollfd(fd: readEnd.rawValue, events: Int16(POLLIN), revents: 0)
        _ = poll(&end, 1, milliseconds)
    }

    /// Waits until one of two pipes has a byte, or the time is over.
    static func wait(_ first: Pipe, _ second: Pipe, milliseconds: Int32) {
        var ends = [first, second].map { pollfd(fd: $0.readEnd.rawValue, events: Int16(POLLIN), revents: 0) }
        _ = poll(&ends, nfds_t(ends.count), milliseconds)
    }
}

#if canImport(Glibc)
    private let systemWrite = Glibc.write
    private let systemRead = Glibc.read
#else
    private let systemWrite = Darwin.write
    private let systemRead = Darwin.read
#endif
