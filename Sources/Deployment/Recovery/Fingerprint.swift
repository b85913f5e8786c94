import SQLScript

/// The traces of a statement as they were before it: by them the next run tells what became of it.
struct Fingerprint: Sendable, Equatable {
    /// What became of a statement.
    enum Verdict: Equatable {
        /// It did not happen, or may happen again without harm.
        case undone
        case done
        /// Of several objects, some are as before; or one is gone that was to be replaced.
        case partly
    }

    private struct Entry: Sendable, Equatable {
        let trace: Trace
        let value: String
    }

    private var entries: [Entry] = []

    /// Takes the fingerprint of what a statement is about to change.
    ///
    /// - Parameters:
    ///   - known: What is known of the objects without asking.
    ///   - session: Not the script's.
    /// - Returns: Nil if the server's state cannot tell.
    static func take(
        _ rule: SettlementRule, known: KnownObjects, on session: any Session
    ) throws(DatabaseError) -> Fingerprint? {
        guard session.dialect.hasAtomicDDL else { return nil }
        switch rule {
        case .harmless: return Fingerprint()
        case .unknown: return nil
        case .traces(let traces):
            var fingerprint = Fingerprint()
            for trace in traces {
                guard let value = try Self.value(trace, known, session) else { return nil }
                fingerprint.entries.append(Entry(trace: trace, value: value))
                if let entry = try Self.element(of: trace, known) { fingerprint.entries.append(entry) }
            }
            return fingerprint
        }
    }

    /// An element that comes with a change of a definition, which was just read; nil where none is known to be new.
    private static func element(of trace: Trace, _ known: KnownObjects) throws(DatabaseError) -> Entry? {
        guard trace.kind == .definition, !trace.candidates.isEmpty, let text = try known.definition(of: trace.object),
            let name = trace.candidates.subtracting(DefinitionLines(text).elementNames).min()
        else { return nil }
        return Entry(trace: Trace(kind: .element, object: trace.object, element: name), value: Trace.absent)
    }

    private static func value(
        _ trace: Trace, _ known: KnownObjects, _ session: any Session
    ) throws(DatabaseError) -> String? {
        switch trace.kind {
        case .existence, .appearance:
            do throws(DatabaseError) {
                return try known.exists(trace.object).map { $0 ? Trace.present : Trace.absent }
            } catch {
                guard error.isAccessDenied || error.isNoSuchTable else { throw error }
                return nil
            }
        case .definition, .redefinition:
            do throws(DatabaseError) {
                return Trace.definitionValue(try known.definition(of: trace.object))
            } catch {
                guard error.isAccessDenied || error.isLockWaitTimeout else { throw error }
                return nil
            }
        case .identity, .rights: return try trace.value(on: session)
        // It is looked for only where it is known to be missing.
        case .element: return Trace.absent
        }
    }

    /// Compares with the server's state now.
    ///
    /// - Returns: Nil if the server does not tell any more.
    func verdict(on session: any Session) throws(DatabaseError) -> Verdict? {
        var differences = 0
        // Others may have changed the rest of the definition.
        let told = Set(entries.filter { $0.trace.kind == .element }.map(\.trace.object))
        let entries = entries.filter { $0.trace.kind != .definition || !told.contains($0.trace.object) }
        // Of several tables the names are exchanged, and one may go.
        let isOne = entries.count { $0.trace.kind == .identity } == 1
        for entry in entries {
            guard let value = try entry.trace.value(on: session) else { return nil }
            let isSame = entry.trace.kind == .identity ? Trace.areSameNumbers(value, entry.value) : value == entry.value
            guard let isSame else { return nil }
            if !isSame {
                differences += 1
            } else if [.redefinition, .appearance].contains(entry.trace.kind) {
                return nil
            }
            // What is emptied or replaced is there behind that: the old table was dropped, and no new one was made.
            if isOne, entry.trace.kind == .identity, value == Trace.absent, entry.value != Trace.absent {
                return .partly
            }
        }
        if differences == 0 { return .undone }
        if differences == entries.count { return .done }
        // A table that is renamed and altered, or one of whose partitions moved, changes in one step; a list of objects
        // may be dropped one by one.
        let isList = entries.allSatisfy { $0.trace.kind == .existence || $0.trace.kind == .rights }
        return isList ? .partly : .done
    }

    /// Whether it is of a statement that may happen once more, and so says nothing of what happened.
    var isHarmless: Bool { entries.isEmpty }

    // MARK: As text in the journal

    private static let harmless = "harmless"

    /// One line a trace: kind, kind of object, value, database, name, and the name of an element; names in hexadecimal.
    var text: String {
        isHarmless
            ? Self.harmless
            : entries.map { entry in
                let object = entry.trace.object
                let database = object.database.map { hexadecimal($0.utf8) } ?? "-"
                let element = entry.trace.element.map { " \(hexadecimal($0.utf8))" } ?? ""
                return
                    "\(entry.trace.kind.rawValue) \(object.kind) \(entry.value) \(database) \(hexadecimal(object.name.utf8))"
                    + element
            }.joined(separator: "\n")
    }

    init() {}

    /// - Parameter text: As `text` gave it; nil for what is not understood.
    init?(text: String) {
        if text == Self.harmless { return }
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 5 || parts.count == 6, let kind = Trace.Kind(rawValue: String(parts[0])),
                let objectKind = ObjectName.Kind(rawValue: String(parts[1])), let name = decoded(hexadecimal: parts[4])
            else { return nil }
            let element = parts.count == 6 ? decoded(hexadecimal: parts[5]) : nil
            guard (kind == .element) == (element != nil) else { return nil }
            let database = parts[3] == "-" ? nil : decoded(hexadecimal: parts[3])
            entries.append(
                Entry(
                    trace: Trace(
                        kind: kind, object: ObjectName(kind: objectKind, database: database, name: name),
                        element: element),
                    value: String(parts[2])))
        }
    }
}
