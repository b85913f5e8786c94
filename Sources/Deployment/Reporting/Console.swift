import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An output that a person may be reading.
public struct Console: Sendable {
    private let descriptor: FileDescriptor
    /// Whether a terminal shows it.
    public let isTerminal: Bool
    /// Whether what was written can be taken away: a terminal that knows the escape sequences for it.
    public let canRedraw: Bool
    public let style: Style

    /// - Parameters:
    ///   - descriptor: Standard output or standard error.
    ///   - color: Whether colours may be used on a terminal.
    public init(_ descriptor: FileDescriptor, color: Bool) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor.rawValue) == 1
        canRedraw = isTerminal && getenv("TERM").map { String(cString: $0) } != "dumb"
        style = Style(color: color && canRedraw)
    }

    /// Columns; 80 where nobody knows.
    public var width: Int { size.flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil } ?? 80 }

    /// Lines; 24 where nobody knows.
    public var height: Int { size.flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil } ?? 24 }

    private var size: winsize? {
        var size = winsize()
        return ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
    }

    /// Writes text at once. A reader that has gone away (a closed pipe) is no reason to stop a deployment.
    public func write(_ text: String) {
        do { try descriptor.write(text) } catch { return }
    }

    /// Writes a line.
    public func line(_ text: String = "") { write(text + "\n") }
}

extension FileDescriptor {
    /// Writes all of a text.
    ///
    /// `writeAll`, for bytes of any kind, makes types when it first runs: nearly half of the time of a line in the log.
    ///
    /// - Throws: `Errno`.
    func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(try write(rest))) }
        }
    }
}

/// Colours, or none.
public struct Style: Sendable {
    private let color: Bool

    public init(color: Bool) {
        self.color = color
    }

    public func good(_ text: String) -> String { wrap(text, 32) }
    public func bad(_ text: String) -> String { wrap(text, 31) }
    public func warning(_ text: String) -> String { wrap(text, 33) }
    public func strong(_ text: String) -> String { wrap(text, 1) }

    private func wrap(_ text: String, _ code: Int) -> String { color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
