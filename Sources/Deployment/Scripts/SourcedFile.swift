import SystemPackage

/// A file that a script reads by `source`: its text is part of the script's checksum. Or one that it would read instead of
/// the next one, if it were there.
struct SourcedFile: Sendable, Equatable {
    let path: FilePath
    /// The file as it was when it was read; nil for one that was not there.
    let stamp: FileStamp?

    /// Without its directory.
    var name: String { path.lastComponent?.string ?? path.string }

    /// Whether it is still that file, or still not there.
    var isUnchanged: Bool { FileStamp(path: path) == stamp }
}

/// What was seen of a script's text.
struct Inspection: Sendable {
    /// The script's own file as it was.
    var stamp: FileStamp
    /// Before any of the files was looked at: what changed later may have the same time as what was seen.
    var moment: Timestamp
    var checksum: String
    /// In the order in which they are looked for.
    var sourced: [SourcedFile] = []

    /// Whether a later change of one of the files would show in its stamp.
    var isOld: Bool {
        stamp.isOlder(than: moment) && sourced.compactMap(\.stamp).allSatisfy { $0.isOlder(than: moment) }
    }
}
