/// CREATE, ALTER, DROP and RENAME.
extension Classifier {
    private struct Kind {
        let words: [StaticString]
        let object: ObjectName.Kind
        let create: StatementVerb
        let alter: StatementVerb
        let drop: StatementVerb
    }

    private static let kinds: [Kind] = [
        Kind(words: ["TABLE"], object: .table, create: .createTable, alter: .alterTable, drop: .dropTable),
        Kind(words: ["TABLES"], object: .table, create: .unknown, alter: .unknown, drop: .dropTable),
        Kind(words: ["VIEW"], object: .view, create: .createView, alter: .alterView, drop: .dropView),
        Kind(words: ["INDEX"], object: .index, create: .createIndex, alter: .unknown, drop: .dropIndex),
        Kind(words: ["KEY"], object: .index, create: .createIndex, alter: .unknown, drop: .unknown),
        Kind(
            words: ["PROCEDURE"], object: .procedure, create: .createProcedure, alter: .alterProcedure,
            drop: .dropProcedure),
        Kind(
            words: ["FUNCTION"], object: .function, create: .createFunction, alter: .alterFunction,
            drop: .dropFunction),
        Kind(words: ["TRIGGER"], object: .trigger, create: .createTrigger, alter: .unknown, drop: .dropTrigger),
        Kind(words: ["EVENT"], object: .event, create: .createEvent, alter: .alterEvent, drop: .dropEvent),
        Kind(
            words: ["PACKAGE", "BODY"], object: .package, create: .createPackageBody, alter: .unknown,
            drop: .dropPackageBody),
        Kind(words: ["PACKAGE"], object: .package, create: .createPackage, alter: .unknown, drop: .dropPackage),
        Kind(
            words: ["SEQUENCE"], object: .sequence, create: .createSequence, alter: .alterSequence,
            drop: .dropSequence),
        Kind(
            words: ["DATABASE"], object: .database, create: .createDatabase, alter: .alterDatabase,
            drop: .dropDatabase),
        Kind(
            words: ["SCHEMA"], object: .database, create: .createDatabase, alter: .alterDatabase,
            drop: .dropDatabase),
        Kind(words: ["SERVER"], object: .server, create: .createServer, alter: .alterServer, drop: .dropServer),
        Kind(
            words: ["TABLESPACE"], object: .tablespace, create: .createTablespace, alter: .alterTablespace,
            drop: .dropTablespace),
        Kind(
            words: ["LOGFILE", "GROUP"], object: .other, create: .createLogfileGroup, alter: .alterLogfileGroup,
            drop: .dropLogfileGroup),
        Kind(
            words: ["SPATIAL", "REFERENCE", "SYSTEM"], object: .other, create: .createSpatialReferenceSystem,
            alter: .unknown, drop: .dropSpatialReferenceSystem),
        Kind(
            words: ["RESOURCE", "GROUP"], object: .other, create: .createResourceGroup, alter: .alterResourceGroup,
            drop: .dropResourceGroup),
        Kind(words: ["LIBRARY"], object: .other, create: .createLibrary, alter: .alterLibrary, drop: .dropLibrary),
        Kind(words: ["USER"], object: .user, create: .createUser, alter: .alterUser, drop: .dropUser),
        Kind(words: ["ROLE"], object: .role, create: .createRole, alter: .unknown, drop: .dropRole),
        Kind(words: ["INSTANCE"], object: .other, create: .unknown, alter: .alterInstance, drop: .unknown),
    ]

    mutating func classifyDefinition() -> Bool {
        if cursor.skip("CREATE") {
            define(\.create)
        } else if cursor.skip("ALTER") {
            define(\.alter)
        } else if cursor.skip("DROP") {
            define(\.drop)
        } else if cursor.skip("RENAME") {
            rename()
        } else {
            return false
        }
        return true
    }

    private mutating func define(_ action: KeyPath<Kind, StatementVerb>) {
        // Even where the kind is not known: no CREATE, ALTER or DROP is part of a transaction.
        set(.unknown, .commitsImplicitly)
        guard let kind = skipToKind() else { return }
        result.verb = kind[keyPath: action]
        if result.isTemporary { result.effect = .sessionOnly }
        if cursor.skip("IF", "NOT", "EXISTS") { result.condition = .ifNotExists }
        if cursor.skip("IF", "EXISTS") { result.condition = .ifExists }
        if kind.object == .user || kind.object == .role {
            var rest = cursor
            result.retainsPassword = rest.skip(upTo: ["RETAIN"])
            return accounts(kind.object)
        }
        if result.verb == .alterInstance { return }
        // `ALTER DATABASE` of the selected one begins with its options.
        if result.verb == .alterDatabase, cursor.isWord(among: Self.databaseOptions) { return }
        add(cursor.name(kind.object))
        switch result.verb {
        case .createIndex, .dropIndex:
            if cursor.skip(upTo: ["ON"]) {
                cursor.advance()
                add(cursor.name(.table))
            }
        case .createTable:
            var rest = cursor
            _ = rest.skip(symbol: "(")
            if rest.skip("LIKE") { result.model = rest.name(.table) }
        case .createEvent: result.mayEnd = schedulesAnEnd()
        case .alterTable:
            alterations()
            renamedTable()
        case .alterEvent:
            if cursor.skip(upTo: ["RENAME"]), cursor.skip("RENAME", "TO") { add(cursor.name(.event)) }
        default:
            let isList = kind[keyPath: \.drop] == result.verb
            while isList, cursor.skip(symbol: ",") { add(cursor.name(kind.object)) }
        }
    }

    /// First words of options that name no database, unless they are quoted.
    private static let databaseOptions: [StaticString] = [
        "DEFAULT", "CHARACTER", "CHARSET", "COLLATE", "READ", "ENCRYPTION",
    ]

    /// Whether an event's schedule comes to an end, and the event goes with it ("CREATE EVENT").
    private func schedulesAnEnd() -> Bool {
        var rest = cursor
        var ends = false
        while !rest.isAtEnd, !rest.isWord("DO") {
            if rest.isWord(among: ["AT", "ENDS"]) { ends = true }
            if rest.skip("COMPLETION", "PRESERVE") { return false }
            if rest.isSymbol("(") { rest.skipParentheses() } else { rest.advance() }
        }
        return ends
    }

    /// Passes over `OR REPLACE`, `DEFINER = …`, `TEMPORARY`, `UNIQUE` and so on, up to the word that says what it is.
    private mutating func skipToKind() -> Kind? {
        var steps = 0
        while !cursor.isAtEnd && steps < 40 {
            steps += 1
            for kind in Self.kinds {
                let start = cursor
                if kind.words.allSatisfy({ cursor.skip($0) }) { return kind }
                cursor = start
            }
            if cursor.isWord("TEMPORARY") { result.isTemporary = true }
            if cursor.isWord("IGNORE") {
                result.alteration.isLossy = true
                result.alteration.obstacle = "drops rows that are in its way (IGNORE)"
            }
            if cursor.skip("OR", "REPLACE") {
                result.condition = .orReplace
                continue
            }
            if cursor.skip("DEFINER") {
                // `= user@host`, whose parts may be spelled like a kind.
                _ = cursor.skip(symbol: "=")
                _ = cursor.account(.user)
                if cursor.isSymbol("(") { cursor.skipParentheses() }
            } else if cursor.isWord(among: ["ALGORITHM", "SECURITY"]) {
                cursor.advance()
                _ = cursor.skip(symbol: "=")
                cursor.advance()
            } else {
                cursor.advance()
            }
        }
        return nil
    }

    /// `ALTER TABLE a … RENAME [TO|AS] b`, which is not `RENAME COLUMN`, `RENAME INDEX` or `RENAME KEY`.
    private mutating func renamedTable() {
        while cursor.skip(upTo: ["RENAME"]) {
            cursor.advance()
            if cursor.isWord(among: ["COLUMN", "INDEX", "KEY"]) { continue }
            _ = cursor.skip("TO") || cursor.skip("AS") || cursor.skip(symbol: "=")
            add(cursor.name(.table))
        }
    }

    /// Old and new names in turn, also where a name comes twice: objects may change places.
    private mutating func rename() {
        if cursor.skip("USER") {
            set(.renameUser, .commitsImplicitly)
            repeat {
                if let old = cursor.account(.user) { result.objects.append(old) }
                guard cursor.skip("TO") else { return }
                if let new = cursor.account(.user) { result.objects.append(new) }
            } while cursor.skip(symbol: ",")
        } else if cursor.skip("TABLE") || cursor.skip("TABLES") {
            set(.renameTable, .commitsImplicitly)
            if cursor.skip("IF", "EXISTS") { result.condition = .ifExists }
            repeat {
                if let old = cursor.name(.table) { result.objects.append(old) }
                guard cursor.skip(upTo: ["TO"]) else { return }
                cursor.advance()
                if let new = cursor.name(.table) { result.objects.append(new) }
            } while cursor.skip(symbol: ",")
        } else {
            set(.unknown, .commitsImplicitly)
        }
    }
}
