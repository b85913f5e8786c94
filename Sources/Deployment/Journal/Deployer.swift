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
        var name = [CChar](repeating: 0, count: 256)
        host = gethostname(&name, name.count - 1) == 0 ? String(cString: name) : "unknown host"
    }

    var description: String { "\(user)@\(host), process \(process)" }
}

/// This program.
public enum Tool {
    public static let name = "databasedeploy"
    public static let version = "0.1.0"
    static let nameAndVersion = "\(name) \(version)"
}
