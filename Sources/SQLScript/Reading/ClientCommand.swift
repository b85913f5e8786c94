/// A command to the client itself, in its long form (`use x`) or its short form (`\u x`).
///
/// From "mysql Client Commands" (MySQL) and "mariadb Command-Line Client" (MariaDB). `delimiter`, `clear` and `charset`
/// have done their work in the reader already; what the others do is up to the caller.
public enum ClientCommand: Sendable, Equatable {
    case use(String)
    case source(String)
    case charset(String)
    case delimiter(String)
    case quit
    case connect(database: String?, host: String?)
    case system(String)
    case help(String)
    /// `\c`: what was written of the statement is forgotten.
    case clear
    case print
    case status
    case edit
    case tee(String)
    case noTee
    case pager(String)
    case noPager
    case prompt(String)
    case rehash
    case warnings(Bool)
    /// `\-`, the first line of a dump: no commands that touch files from here on.
    case sandbox
    case resetConnection
    case queryAttributes(String)
    case sslSessionData(String)
    case costs
}

/// The commands by their names.
enum CommandName: String, CaseIterable {
    case use, source, charset, delimiter, quit, exit, connect, system, help, clear, print, status, edit, tee, notee
    case pager, nopager, prompt, rehash, warnings, nowarning, sandbox, resetconnection, go, ego, costs
    case question = "?"
    case queryAttributes = "query_attributes"
    case sslSessionData = "ssl_session_data_print"

    init?(letter: UInt8) {
        switch letter {
        case UInt8(ascii: "?"): self = .question
        case UInt8(ascii: "C"): self = .charset
        case UInt8(ascii: "c"): self = .clear
        case UInt8(ascii: "r"): self = .connect
        case UInt8(ascii: "d"): self = .delimiter
        case UInt8(ascii: "e"): self = .edit
        case UInt8(ascii: "G"): self = .ego
        case UInt8(ascii: "q"): self = .quit
        case UInt8(ascii: "g"): self = .go
        case UInt8(ascii: "h"): self = .help
        case UInt8(ascii: "n"): self = .nopager
        case UInt8(ascii: "t"): self = .notee
        case UInt8(ascii: "w"): self = .nowarning
        case UInt8(ascii: "P"): self = .pager
        case UInt8(ascii: "p"): self = .print
        case UInt8(ascii: "R"): self = .prompt
        case UInt8(ascii: "#"): self = .rehash
        case UInt8(ascii: "-"): self = .sandbox
        case UInt8(ascii: "."): self = .source
        case UInt8(ascii: "s"): self = .status
        case UInt8(ascii: "!"): self = .system
        case UInt8(ascii: "T"): self = .tee
        case UInt8(ascii: "u"): self = .use
        case UInt8(ascii: "W"): self = .warnings
        case UInt8(ascii: "x"): self = .resetconnection
        case UInt8(ascii: "Q"): self = .costs
        default: return nil
        }
    }

    /// Without parameters, a word that is followed by others is no command but the beginning of a statement.
    var takesParameters: Bool {
        switch self {
        case .use, .source, .charset, .delimiter, .connect, .system, .help, .question, .tee, .pager, .prompt,
            .queryAttributes, .sslSessionData:
            true
        default: false
        }
    }

    /// The `mariadb` client of 10.11 does not know it.
    var isForeignToMariaDB: Bool {
        switch self {
        case .resetconnection, .costs, .queryAttributes, .sslSessionData: true
        default: false
        }
    }

    static let byName: [String: CommandName] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    static let longestName = 22
}
