#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Who deploys: this process, as others see it.
struct Deployer: Sendable, CustomStringConvertible {
    let user: String
    let host: String
    let process: Int32

    static let current = Deployer()

    private init() {
        process = getpid()
        user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? String(getuid())
        host = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { name in
            guard let start = name.baseAddress, gethostname(start, name.count - 1) == 0 else { return "unknown host" }
            return String(cString: start)
        }
    }

    var description: String { "\(user)@\(host), process \(process)" }
}

/// This program.
public enum Tool {
    public static let name = "databasedeploy"
    public static let version = "0.1.0"
    static let nameAndVersion = "\(name) \(version)"
}
