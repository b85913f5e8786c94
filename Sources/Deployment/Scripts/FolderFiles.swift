import CFileSystem
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The names of the scripts in a directory, in the order in which the disk gives them, to be looked at one by one.
struct FolderFiles: Sendable {
    /// What the system says of a file.
    enum Look: Sendable {
        case file(FileStamp)
        case notAFile
        case failed(Int32)
    }

    /// From so many files on, a second thread costs less than it saves.
    private static let many = 1000
    /// What a thread looks at before it asks for more.
    private static let portion = 128

    /// One after the other, each with a zero at its end.
    private var names: [CChar] = []
    private var starts: [Int] = []

    var count: Int { starts.count }
    /// What the names take, with their ends.
    var nameBytes: Int { names.count }

    /// Reads the names.
    ///
    /// - Returns: Nil if they cannot be read to the end; `errno` says why.
    init?(_ stream: OpaquePointer) {
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { return nil }
                return
            }
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { name in
                    let length = strlen(name)
                    guard Self.isScript(name, length) else { return }
                    starts.append(names.count)
                    names.append(contentsOf: UnsafeBufferPointer(start: name, count: length + 1))
                }
            }
        }
    }

    /// Takes the names from where `CatalogStamp` wrote them, each with its file's stamp behind it.
    ///
    /// - Returns: Nil if it does not end as it should.
    init?(known: UnsafeRawBufferPointer) {
        var rest = known[...]
        while let end = rest.firstIndex(of: 0) {
            if end == rest.startIndex { return }
            starts.append(names.count)
            names.append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[...end]).assumingMemoryBound(to: CChar.self))
            guard rest.endIndex - end > MemoryLayout<FileStamp>.size else { break }
            rest = rest[(end + 1 + MemoryLayout<FileStamp>.size)...]
        }
        return nil
    }

    /// Whether a directory's times tell that nothing was added to it or removed: on the file systems of which that is known, and
    /// which nobody changes behind the system's back.
    static func tellsByTime(_ directory: Int32) -> Bool {
        // ext2 to ext4, XFS, Btrfs, tmpfs ("statfs(2)").
        [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994].contains(file_system_kind(directory))
    }

    /// Calls a closure with the length of each name, the name and what the system says of the file.
    ///
    /// - Parameter directory: Where they are, so that the system need not find its way there for every file.
    func forEach<Failure: Error>(
        in directory: Int32, _ body: (UnsafePointer<CChar>, Int, Look) throws(Failure) -> Void
    ) throws(Failure) {
        let looks = starts.count < Self.many ? [looks(starts.indices, in: directory)] : looks(in: directory)
        try names.withUnsafeBufferPointer { names throws(Failure) in
            guard let base = names.baseAddress else { return }
            for (index, look) in looks.joined().enumerated() {
                let end = index + 1 < starts.count ? starts[index + 1] : names.count
                try body(base + starts[index], end - starts[index] - 1, look)
            }
        }
    }

    /// Looks at all of them on two threads: the system's work for a file is most of what they cost.
    private func looks(in directory: Int32) -> [[Look]] {
        let count = (starts.count + Self.portion - 1) / Self.portion
        let portions = Portions(count)
        Thread.onTwo { [self] in
            while let number = portions.next() {
                let start = number * Self.portion
                let looks = looks(start..<min(start + Self.portion, starts.count), in: directory)
                portions.done.withLock { $0[number] = looks }
            }
        }
        return portions.done.withLock { $0 }
    }

    private func looks(_ range: Range<Int>, in directory: Int32) -> [Look] {
        names.withUnsafeBufferPointer { names in
            guard let base = names.baseAddress else { return [] }
            return range.map { Self.look(base + starts[$0], in: directory) }
        }
    }

    private static func look(_ name: UnsafePointer<CChar>, in directory: Int32) -> Look {
        var status = stat()
        guard fstatat(directory, name, &status, 0) == 0 else { return .failed(errno) }
        return status.st_mode & S_IFMT == S_IFREG ? .file(FileStamp(status)) : .notAFile
    }

    /// Whether a directory's entry counts: its name ends in `.sql`, in whatever case, and is not hidden.
    private static func isScript(_ name: UnsafePointer<CChar>, _ length: Int) -> Bool {
        length >= 4 && name[0] != CChar(UInt8(ascii: ".")) && strcasecmp(name + length - 4, ".sql") == 0
    }
}

/// What several threads share out among themselves.
private final class Portions: Sendable {
    let done: Mutex<[[FolderFiles.Look]]>
    private let taken = Atomic(0)
    private let count: Int

    init(_ count: Int) {
        self.count = count
        done = Mutex(Array(repeating: [], count: count))
    }

    /// - Returns: The number of a portion that nobody has taken; nil if there are no more.
    func next() -> Int? {
        let number = taken.add(1, ordering: .relaxed).oldValue
        return number < count ? number : nil
    }
}
