import Deployment
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The options that every command has; as it stands, without any of them given.
struct CommonOptions: Equatable {
    var project: String?
    var environment: String?
    var url: String?
    var usePrivate = false
    var config: String?
    var settings: [String] = []
    var format = OutputFormat.text
    var quiet = false
    var verbose = false
    var noColor = false

    /// Where results go.
    var output: Console { Console(.standardOutput, color: color) }
    /// Where what a person should know goes, when results are for a program.
    var errors: Console { Console(.standardError, color: color) }

    private var color: Bool { !noColor && (ProcessVariables.all["NO_COLOR"] ?? "").isEmpty }

    /// The request for a configuration, before a command adds its own options.
    func request(recreate: Bool = false) -> ConfigurationRequest {
        ConfigurationRequest(
            project: project.map { FilePath($0) }, environment: environment, url: url, usePrivate: usePrivate,
            configFile: config.map { FilePath($0) }, settings: settings, recreate: recreate,
            variables: ProcessVariables.all, home: ProcessVariables.all["HOME"].map { FilePath($0) },
            workingDirectory: ProcessVariables.workingDirectory)
    }
}

/// What the process was started with.
enum ProcessVariables {
    /// The environment variables.
    static let all: [String: String] = {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            entry += 1
            guard let equals = strchr(text, Int32(UInt8(ascii: "="))) else { continue }
            let name = UnsafeRawBufferPointer(start: text, count: equals - text)
            variables[String(decoding: name, as: UTF8.self)] = String(cString: equals + 1)
        }
        return variables
    }()

    static var workingDirectory: FilePath {
        guard let text = getcwd(nil, 0) else { return "/" }
        defer { free(text) }
        return FilePath(String(cString: text))
    }
}
