import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension PrivateServer {
    /// What decides whether this server may take the data of another one: its program, the machine's kind, the time zone, and the
    /// arguments. The program is known by its place, size and time, so that it need not run to tell its version; a program
    /// behind a script is known by the version that it greets with.
    ///
    /// - Returns: nil if there is no server program.
    public func imageBase() -> String? {
        guard let place = program ?? ServerProgram.first() else { return nil }
        let path = resolved(place)
        var status = stat()
        var machine = utsname()
        guard stat(path.string, &status) == 0, uname(&machine) == 0 else { return nil }
        let kind = withUnsafeBytes(of: &machine.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let mark = FileMark(status)
        let zone = getenv("TZ").map { String(cString: $0) } ?? resolved("/etc/localtime").string
        let facts = [kind, path.string, "\(mark.size)", "\(mark.changed[0])", "\(mark.changed[1])", zone]
        return (facts + initializationArguments + [""] + arguments).joined(separator: "\0")
    }

    /// The program that an image of this base is for.
    func program(for image: Image) throws -> ServerProgram {
        let words = image.origin.split(separator: " ")
        guard words.count == 2, let flavor = ServerFlavor(rawValue: String(words[0])),
            let path = program ?? ServerProgram.first()
        else { return try fittingProgram() }
        return ServerProgram(path: path, flavor: flavor, version: String(words[1]))
    }
}
