import SystemPackage

/// Runs the command of `password = { command = "…" }`.
enum PasswordCommand {
    enum Outcome: Sendable {
        case password(Secret)
        /// Why not, as the end of a sentence; never what the command printed.
        case failed(String)
    }

    /// The output is the password, less a line end.
    static func run(_ command: String, variables: [String: String], directory: FilePath) -> Outcome {
        switch ShellCommand.run(command, variables: variables, directory: directory, limit: 1 << 16) {
        case .output(let text):
            let password = PasswordSource.trimmed(text)
            return password.isEmpty ? .failed("printed nothing") : .password(Secret(password))
        case .failed(let reason): return .failed(reason)
        }
    }
}
