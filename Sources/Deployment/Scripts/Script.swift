import SystemPackage

/// What a script is known by: its folder and its file name.
public struct ScriptIdentity: Sendable, Hashable, CustomStringConvertible {
    public var folder: String
    public var file: String

    public init(folder: String, file: String) {
        self.folder = folder
        self.file = file
    }

    public var description: String { "\(folder)/\(file)" }
}

/// One `.sql` file of a folder.
public final class Script: Sendable {
    public let identity: ScriptIdentity
    public let version: ScriptVersion
    public let path: FilePath
    /// The character set in which its bytes travel, where that is not UTF-8.
    public let encoding: String?
    /// The file as it was when its folder was listed; nil for a script that has no file.
    let stamp: FileStamp?

    init(identity: ScriptIdentity, path: FilePath, encoding: String?, stamp: FileStamp? = nil) {
        self.identity = identity
        version = ScriptVersion(fileName: identity.file)
        self.path = path
        self.encoding = encoding
        self.stamp = stamp
    }

    /// The order of a folder: by version, then by text.
    static func precedes(_ left: Script, _ right: Script) -> Bool {
        left.version == right.version
            ? left.identity.file < right.identity.file : left.version < right.version
    }
}
