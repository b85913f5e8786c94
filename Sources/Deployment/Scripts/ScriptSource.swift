import SystemPackage

/// Reads a script's file piece by piece and gives its text: UTF-8 without BOM, or, where an encoding is declared,
/// the bytes as they are. Memory does not grow with the file.
final class ScriptSource {
    /// What the bytes of the file are.
    private enum Decoder {
        case utf8(UTF8Validator)
        case utf16(UTF16Transcoder)
        /// A character set that the server is told about; nothing is changed or checked.
        case none
    }

    /// Bytes that are read at a time.
    private static let pieceLength = 256 * 1024

    private let script: Script
    private let descriptor: FileDescriptor
    private var decoder: Decoder
    /// Bytes of the file that were not read yet, as its size says.
    private var remaining: Int
    /// What was read for a look at the head, and not given out yet.
    private var held: ArraySlice<UInt8>
    private var text: ArraySlice<UInt8> = []
    private var isAtEnd = false
    private let sum = TextChecksum()

    /// What the script's head says.
    let directives: ScriptDirectives

    /// The encoding that the script or its folder declares; nil for Unicode.
    let declaredEncoding: String?

    /// The character set in which the text is sent, by MySQL's name.
    var characterSet: String { declaredEncoding ?? "utf8mb4" }

    /// Opens a script and looks at its head: byte order mark and directives.
    ///
    /// - Throws: `DeploymentError` when the file cannot be read, or a directive is not known.
    init(_ script: Script) throws(DeploymentError) {
        self.script = script
        do {
            descriptor = try FileDescriptor.open(script.path, .readOnly)
        } catch {
            throw Self.unreadable(script, error)
        }
        let first: [UInt8]
        do {
            remaining = Int(try descriptor.seek(offset: 0, from: .end))
            try descriptor.seek(offset: 0, from: .start)
            first = try Self.read(descriptor, remaining)
        } catch {
            throw Self.unreadable(script, error)
        }
        remaining -= first.count
        let mark = ByteOrderMark(first)
        let start = mark?.length ?? 0
        held = first[start...]
        var head = Array(held.prefix(ScriptDirectives.headLength))
        var declared: String?
        switch mark {
        case .utf16LittleEndian, .utf16BigEndian:
            let transcoder = UTF16Transcoder(isBigEndian: mark == .utf16BigEndian, offset: start)
            decoder = .utf16(transcoder)
            var preview = transcoder
            do { head = try preview.transcode(head) } catch { head = [] }  // reported with its offset when it is read
            declared = nil
            directives = try ScriptDirectives(head: head, of: script)
        case .utf8:
            decoder = .utf8(UTF8Validator(offset: start))
            directives = try ScriptDirectives(head: head, of: script)
        case nil:
            directives = try ScriptDirectives(head: head, of: script)
            declared = directives.encoding ?? script.encoding
            decoder = declared == nil ? .utf8(UTF8Validator(offset: 0)) : .none
        }
        declaredEncoding = declared
    }

    deinit {
        do { try descriptor.close() } catch { assertionFailure("\(error)") }
    }

    /// Fills the buffer with the next piece of text.
    ///
    /// - Returns: The number of bytes; 0 at the end.
    /// - Throws: `DeploymentError` for bytes that are not what the encoding allows, with their offset.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(DeploymentError) -> Int {
        while text.isEmpty && !isAtEnd { text = try nextPiece() }
        let count = min(buffer.count, text.count)
        buffer.copyBytes(from: text.prefix(count))
        text.removeFirst(count)
        return count
    }

    /// The checksum of the whole text. Reads what has not been read yet.
    ///
    /// - Parameter look: Sees every piece that is read now.
    func checksum(_ look: (UnsafeRawBufferPointer) -> Void = { _ in }) throws(DeploymentError) -> String {
        while !isAtEnd {
            text = try nextPiece()
            text.withUnsafeBytes(look)
        }
        return sum.value()
    }

    private func nextPiece() throws(DeploymentError) -> ArraySlice<UInt8> {
        var piece = held
        held = []
        if piece.isEmpty {
            do {
                piece = try Self.read(descriptor, remaining)[...]
                remaining -= piece.count
            } catch {
                throw Self.unreadable(script, error)
            }
        }
        isAtEnd = piece.isEmpty
        let decoded = try decode(piece)
        decoded.withUnsafeBytes { sum.update($0) }
        return decoded
    }

    /// Reads on: a piece, or what is left and a byte more, so that the end of the file is seen.
    private static func read(_ descriptor: FileDescriptor, _ remaining: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: min(pieceLength, max(remaining, 0) + 1)) { buffer, count in
            count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    private func decode(_ bytes: ArraySlice<UInt8>) throws(DeploymentError) -> ArraySlice<UInt8> {
        do {
            switch decoder {
            case .none:
                return bytes
            case .utf8(var validator):
                if isAtEnd { try validator.finish() } else { try validator.check(bytes) }
                decoder = .utf8(validator)
                return bytes
            case .utf16(var transcoder):
                if isAtEnd { try transcoder.finish() }
                let text = try transcoder.transcode(bytes)
                decoder = .utf16(transcoder)
                return text[...]
            }
        } catch let failure as UTF8Validator.Failure {
            throw malformed(
                "The byte 0x\(hexadecimal([failure.byte]).uppercased()) at offset \(failure.offset) is not UTF-8.")
        } catch let failure as UTF16Transcoder.Failure {
            throw malformed("The UTF-16 text is broken at byte offset \(failure.offset).")
        } catch {
            throw malformed("\(error)")
        }
    }

    private func malformed(_ message: String) -> DeploymentError {
        DeploymentError(
            .badScript, message, place: Place(file: script.identity.description),
            advice: """
                If the file is in another encoding, say so: encoding = "latin1" for the folder \(script.identity.folder) \
                in databasedeploy.toml, or the first line `-- databasedeploy: encoding=latin1` in the script. \
                Its bytes then travel as they are.
                """)
    }

    private static func unreadable(_ script: Script, _ error: any Error) -> DeploymentError {
        DeploymentError(
            .badScript, "The file cannot be read: \(error).", place: Place(file: script.identity.description))
    }
}
