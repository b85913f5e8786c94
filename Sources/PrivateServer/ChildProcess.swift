import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A program that was started here: in a session of its own, so that no terminal and no Ctrl-C reaches it.
///
/// swift-subprocess waits for what it starts and is asynchronous; a server has to outlive the command that starts it,
/// and a blocking wait for an asynchronous call stops the cooperative pool. So this is `posix_spawn`, plainly.
package struct ChildProcess: Sendable {
    /// How a program ended.
    package enum Ending: Sendable, Equatable, CustomStringConvertible {
        case exited(Int32)
        case killed(signal: Int32)

        package var description: String {
            switch self {
            case .exited(let status): "ended with status \(status)"
            case .killed(let signal): "was killed by signal \(signal)"
            }
        }
    }

    package let id: pid_t

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - input: Standard input; nil is an empty one.
    ///   - output: Standard output.
    ///   - errors: Standard error; nil is the same as `output`.
    ///   - lifeline: A descriptor that the program holds open, unknowingly, until its last breath.
    /// - Throws: `Errno` if the program cannot be started.
    package init(
        _ program: FilePath, _ arguments: [String], input: FileDescriptor? = nil, output: FileDescriptor,
        errors: FileDescriptor? = nil, lifeline: FileDescriptor? = nil
    ) throws(Errno) {
        var actions = emptyActions()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input.rawValue, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output.rawValue, 1)
        posix_spawn_file_actions_adddup2(&actions, (errors ?? output).rawValue, 2)
        if let lifeline { posix_spawn_file_actions_adddup2(&actions, lifeline.rawValue, 3) }
        if spawnClosesDescriptors == 0 {
            for descriptor in (lifeline == nil ? 3 : 4)..<Self.descriptorLimit() {
                posix_spawn_file_actions_addclose(&actions, descriptor)
            }
        }

        var attributes = emptyAttributes()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | spawnInOwnSession
        posix_spawnattr_setflags(&attributes, flags | spawnClosesDescriptors)

        let argv = CStrings([program.string] + arguments)
        let environment = CStrings(Self.environment())
        var id: pid_t = 0
        let failure = posix_spawn(&id, program.string, &actions, &attributes, argv.pointers, environment.pointers)
        guard failure == 0 else { throw Errno(rawValue: failure) }
        self.id = id
    }

    /// How the program ended, or nil if it still runs. A program that ended is asked only once.
    package func ending() -> Ending? {
        var status: Int32 = 0
        guard waitpid(id, &status, WNOHANG) == id else { return nil }
        // The layout that WIFEXITED and its like take apart; Swift does not see those macros.
        return status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .killed(signal: status & 0x7f)
    }

    /// Waits for the end of the program.
    ///
    /// - Returns: nil if it still runs at the deadline.
    package func ending(by deadline: ContinuousClock.Instant) -> Ending? {
        while ContinuousClock.now < deadline {
            if let ending = ending() { return ending }
            pause(milliseconds: 2)
        }
        return nil
    }

    /// What the server gets to see of the environment. Anything else may hold a password, or (as `UMASK` and
    /// `MYSQL_HOME` do) change the server.
    private static func environment() -> [String] {
        let names: [String] = ["PATH", "HOME", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "LD_PRELOAD"]
        return names.compactMap { name in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
    }

    /// A number above those of all open descriptors, and of those that other threads open meanwhile: a server that
    /// inherits the end of a pipe keeps whoever reads from it waiting.
    private static func descriptorLimit() -> Int32 {
        var highest: Int32 = 0
        if let directory = opendir("/dev/fd") {
            defer { closedir(directory) }
            while let entry = readdir(directory) { highest = max(highest, Int32(name(of: entry)) ?? 0) }
        }
        // Numbers beyond the process's limit are an error for posix_spawn; those of closed descriptors are not.
        return min(max(highest + 100, 256), getdtablesize())
    }
}

/// The name in a directory entry.
func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// An array of C strings that ends in NULL, as `exec` wants it.
private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        pointers = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() { (pointers + index).initialize(to: strdup(string)) }
        (pointers + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { free(pointers[index]) }
        pointers.deallocate()
    }
}

#if canImport(Darwin)
    private func emptyActions() -> posix_spawn_file_actions_t? { nil }
    private func emptyAttributes() -> posix_spawnattr_t? { nil }
#else
    private func emptyActions() -> posix_spawn_file_actions_t { posix_spawn_file_actions_t() }
    private func emptyAttributes() -> posix_spawnattr_t { posix_spawnattr_t() }
#endif
