import Deployment

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The person in front of the terminal.
enum Terminal {
    /// Whether somebody can be asked.
    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

    static func readLine() -> String? { Swift.readLine() }

    /// Waits for a key, as the old program did at its end; without a terminal there is nobody to wait for.
    static func waitForKey() {
        guard isInteractive else { return }
        Console(.standardOutput, color: false).write("Press Enter to close.")
        _ = readLine()
    }
}
