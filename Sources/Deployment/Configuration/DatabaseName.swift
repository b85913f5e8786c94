/// What may be the name of a database.
enum DatabaseName {
    /// Why not, as the end of a sentence; nil if it may.
    ///
    /// MySQL manual, "Identifier Length Limits" and "Schema Object Names": 64 characters of the Basic Multilingual
    /// Plane but NUL, and no space at the end. Everything else is a matter of quoting.
    static func obstacle(_ name: String) -> String? {
        if name.isEmpty { return "is empty" }
        if name.unicodeScalars.count > 64 { return "is longer than the 64 characters that a server allows" }
        if name.hasSuffix(" ") { return "ends with a space, which a server does not allow" }
        if name.unicodeScalars.contains(where: { $0 == "\0" || $0.value > 0xFFFF }) {
            return "has a character that a server does not allow"
        }
        return nil
    }
}
