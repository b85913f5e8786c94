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

    /// Reads what `description` writes. A folder's name may have slashes in it, a file's has none.
    ///
    /// - Parameter description: In UTF-8.
    /// - Returns: Nil for something else.
    public init?(_ description: some BidirectionalCollection<UInt8>) {
        guard let slash = description.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        self.init(
            folder: String(decoding: description[..<slash], as: UTF8.self),
            file: String(decoding: description[slash...].dropFirst(), as: UTF8.self))
    }

    /// By the bytes: two names that only look the same (`é` as one character or as two) are two files, and two rows of the journal.
    public static func == (left: Self, right: Self) -> Bool {
        left.file == right.file && left.folder == right.folder && left.file.utf8.elementsEqual(right.file.utf8)
            && left.folder.utf8.elementsEqual(right.folder.utf8)
    }

    /// By the file's name alone: few folders have the same, and every lookup hashes half as much.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(file)
    }
}

/// One `.sql` file of a folder.
public final class Script: Sendable {
    private enum Location: Sendable {
        case path(FilePath)
        /// It has the identity's file name there.
        case directory(FilePath)
    }

    public let identity: ScriptIdentity
    public let version: ScriptVersion
    private let location: Location
    /// The character set in which its bytes travel, where that is not UTF-8.
    public let encoding: String?
    /// The file as it was when its folder was listed; nil for a script that has no file.
    let stamp: FileStamp?
    /// Before it was listed.
    let moment: Timestamp

    init(identity: ScriptIdentity, path: FilePath, encoding: String?) {
        self.identity = identity
        version = ScriptVersion(fileName: identity.file)
        location = .path(path)
        self.encoding = encoding
        stamp = nil
        moment = .now
    }

    init(identity: ScriptIdentity, directory: FilePath, encoding: String?, stamp: FileStamp, moment: Timestamp) {
        self.identity = identity
        version = ScriptVersion(fileName: identity.file)
        location = .directory(directory)
        self.encoding = encoding
        self.stamp = stamp
        self.moment = moment
    }

    /// Put together when it is asked for: with nothing to do, nobody asks.
    public var path: FilePath {
        switch location {
        case .path(let path): path
        case .directory(let directory): directory.appending(identity.file)
        }
    }

    /// The order of a folder: by version, then by text.
    static func precedes(_ left: Script, _ right: Script) -> Bool {
        if left.version.rank != right.version.rank { return left.version.rank < right.version.rank }
        if left.version != right.version { return left.version < right.version }
        let (one, other) = (left.identity.file, right.identity.file)
        return one == other ? one.utf8.lexicographicallyPrecedes(other.utf8) : one < other
    }
}
