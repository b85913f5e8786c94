import SystemPackage

/// Why a private server could not be started, stopped or looked at, in words for the person at the terminal.
public struct PrivateServerError: Error, Sendable, CustomStringConvertible {
    /// The reason, for programs.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no server program on this machine, or not at the given place.
        case programMissing = "program_missing"
        /// The program is there but is neither MariaDB's nor MySQL's, or not the one that made the data.
        case programUnfit = "program_unfit"
        /// The directory belongs to somebody else, or cannot be written.
        case directoryUnusable = "directory_unusable"
        /// The server's first data could not be made.
        case initializationFailed = "initialization_failed"
        /// The server ended before it answered.
        case startFailed = "start_failed"
        /// The image is not whole, or another server's.
        case imageUnusable = "image_unusable"
        /// The server does not answer in time.
        case timedOut = "timed_out"
        /// The server does not stop.
        case stopFailed = "stop_failed"
    }

    public var code: Code
    /// One sentence or more: what failed.
    public var message: String
    /// What to do or type next.
    public var advice: String?
    /// The server's error log, if the server had a chance to write one.
    public var log: FilePath?
    /// What the server wrote last to its error log.
    public var logLines: [String]

    init(_ code: Code, _ message: String, advice: String? = nil, log: FilePath? = nil, logLines: [String] = []) {
        self.code = code
        self.message = message
        self.advice = advice
        self.log = log
        self.logLines = logLines
    }

    public var description: String {
        var lines = [message]
        if let advice { lines.append(advice) }
        if let log {
            lines.append(logLines.isEmpty ? "The server's error log: \(log)" : "The server's error log, \(log), ends:")
            lines += logLines.map { "  " + $0 }
        }
        return lines.joined(separator: "\n")
    }
}
