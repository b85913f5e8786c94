import SystemPackage

/// The text of a `ChecksumFile`, in which a script's line is found without taking the others apart.
struct KnownChecksums: Sendable {
    /// The first line, with the number of the format; of a file of an earlier one, nothing is known.
    static let format = Array("databasedeploy checksums 2\n".utf8)

    /// A line: the file's stamp, its checksum, and the script.
    struct Line: Sendable {
        let text: ArraySlice<UInt8>
    }

    private let text: [UInt8]
    /// Where the lines start, by the inode in them: a number is found sooner than a name.
    private let starts: [Int: Int]
    /// The files that scripts read by `source`.
    let sourced: [ScriptIdentity: [SourcedFile]]

    init(text: [UInt8]) {
        let text = text.starts(with: Self.format) ? text : []
        self.text = text
        var starts: [Int: Int] = [:]
        starts.reserveCapacity(text.count / 128)
        var start = Self.format.count
        while start < text.endIndex {
            var rest = Line(text: text[start...]).text
            // The inode is the second number.
            guard Line.number(&rest) != nil, let inode = Line.number(&rest) else { break }
            starts[inode] = start
            start = (rest.firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex - 1) + 1
        }
        self.starts = starts
        // What follows are the sourced files, if there are any.
        var sourced: [ScriptIdentity: [SourcedFile]] = [:]
        for line in text[min(start, text.endIndex)...].split(separator: UInt8(ascii: "\n")) {
            guard let (script, file) = SourcedLine(text: line).contents else { continue }
            sourced[script, default: []].append(file)
        }
        self.sourced = sourced
    }

    /// The checksum of a script, if its files are still those that were read.
    func checksum(of script: Script) -> String? {
        guard let stamp = script.stamp, let start = starts[stamp.inode] else { return nil }
        let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
        guard let checksum = Line(text: text[start..<end]).checksum(of: script.identity, stamp: stamp) else {
            return nil
        }
        guard !sourced.isEmpty, let files = sourced[script.identity] else { return checksum }
        return files.allSatisfy(\.isUnchanged) ? checksum : nil
    }

    /// Everything that is known.
    var lines: [Line] {
        text.split(separator: UInt8(ascii: "\n")).map(Line.init)
    }
}

extension KnownChecksums.Line {
    /// Characters of a checksum: SHA-256 in hexadecimal.
    private static let checksumLength = 64

    init(_ script: ScriptIdentity, _ stamp: FileStamp, _ checksum: String) {
        let fields = stamp.fields.map(String.init).joined(separator: " ")
        text = Array("\(fields) \(checksum) \(script)".utf8)[...]
    }

    /// The script; nil for a line that is malformed.
    var identity: ScriptIdentity? {
        var rest = text
        guard FileStamp(next: { Self.number(&rest) }) != nil else { return nil }
        return ScriptIdentity(rest.dropFirst(Self.checksumLength + 1))
    }

    /// The checksum, if the line is of this script and its file has this stamp.
    func checksum(of script: ScriptIdentity, stamp: FileStamp) -> String? {
        var rest = text
        guard FileStamp(next: { Self.number(&rest) }) == stamp else { return nil }
        let checksum = rest.prefix(Self.checksumLength)
        let name = rest.dropFirst(Self.checksumLength)
        let folder = script.folder.utf8.count
        guard name.count == folder + script.file.utf8.count + 2,
            name.first == UInt8(ascii: " "), name[name.startIndex + 1 + folder] == UInt8(ascii: "/"),
            name.dropFirst().starts(with: script.folder.utf8), name.dropFirst(2 + folder).starts(with: script.file.utf8)
        else { return nil }
        return String(decoding: checksum, as: UTF8.self)
    }

    /// Takes a number and the space after it; nil if that is not what stands here.
    fileprivate static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
        var value = 0
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: " ") { return value }
            guard (0x30...0x39).contains(byte), value < Int.max / 16 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return nil
    }
}

extension KnownChecksums {
    /// A line of a file that a script reads by `source`: `source`, the file's stamp, the length of the script's name, and
    /// both names. Or of one that was not there: `absent`, and the same without a stamp.
    struct SourcedLine {
        let text: ArraySlice<UInt8>
    }
}

extension KnownChecksums.SourcedLine {
    private static let mark = Array("source ".utf8)
    private static let absentMark = Array("absent ".utf8)

    init(_ script: ScriptIdentity, _ file: SourcedFile) {
        let numbers = (file.stamp?.fields ?? []) + [script.description.utf8.count]
        let words = numbers.map(String.init).joined(separator: " ")
        text = ((file.stamp == nil ? Self.absentMark : Self.mark) + Array("\(words) \(script)\(file.path)".utf8))[...]
    }

    /// Nil for a line that is malformed.
    var contents: (script: ScriptIdentity, file: SourcedFile)? {
        let isAbsent = text.starts(with: Self.absentMark)
        guard isAbsent || text.starts(with: Self.mark) else { return nil }
        var rest = text.dropFirst(Self.mark.count)
        let stamp = isAbsent ? nil : FileStamp(next: { KnownChecksums.Line.number(&rest) })
        guard isAbsent || stamp != nil, let length = KnownChecksums.Line.number(&rest), length < rest.count,
            let script = ScriptIdentity(rest.prefix(length))
        else { return nil }
        let path = FilePath(String(decoding: rest.dropFirst(length), as: UTF8.self))
        return (script, SourcedFile(path: path, stamp: stamp))
    }
}
