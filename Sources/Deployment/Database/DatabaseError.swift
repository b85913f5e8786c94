/// An error that a server, or the connection to it, reported.
public struct DatabaseError: Error, Sendable, Equatable {
    /// The server's or the client library's number, such as 1064 or 2013.
    public var number: Int
    /// SQLSTATE, five characters.
    public var state: String
    public var message: String
    /// Of a packet with several statements, how many were done before the one that failed.
    public var completed = 0
    /// Whether a MariaDB server or a connection to one reported it: above about 4000 its numbers are its own.
    public var isOfMariaDB = false

    public init(number: Int, state: String, message: String) {
        self.number = number
        self.state = state
        self.message = message
    }

    /// What the server answers to `KILL QUERY`.
    public static let interrupted = DatabaseError(
        number: 1317, state: "70100", message: "Query execution was interrupted")

    /// The numbers follow "Server Error Message Reference" and "Client Error Message Reference" of the MySQL manual;
    /// MariaDB uses the same ones where it has the same errors.
    public var isUnreachable: Bool { [2001, 2002, 2003, 2005, 2026].contains(number) }
    public var isConnectionLost: Bool {
        // MySQL: the client was idle for too long. MariaDB: a trigger that another one is to follow does not exist.
        [2006, 2013, 2055, 1053, 1927].contains(number) || number == 4031 && !isOfMariaDB
    }
    public var isAccessDenied: Bool { [1044, 1045, 1142, 1143, 1227, 1370, 1698, 1419].contains(number) }
    public var isLoginRefused: Bool { [1044, 1045, 1698].contains(number) }
    public var isUnknownDatabase: Bool { number == 1049 }
    public var isInterrupted: Bool { [1317, 1969, 3024].contains(number) }
    public var isDatabaseExisting: Bool { number == 1007 }
    public var isNoSuchTable: Bool { number == 1146 }
    public var isUnknownColumn: Bool { number == 1054 }
    /// A table was changed since the transaction began that reads it.
    public var isDefinitionChanged: Bool { number == 1412 }
    public var isSyntaxError: Bool { number == 1064 }
    public var isDeadlock: Bool { number == 1213 }
    public var isLockWaitTimeout: Bool { number == 1205 }
    public var isOutOfRange: Bool { number == 1690 }
    /// MariaDB, MySQL, older ones, the client library.
    var isLocalInfileDisabled: Bool { [4166, 3948, 1148, 2068].contains(number) }
    /// No server says so little: its text was in a character set that the client library does not read.
    var hasLostMessage: Bool { message.utf8.count < 2 }
    public var isPacketTooLarge: Bool { [1153, 2020].contains(number) }
}

extension DatabaseError: CustomStringConvertible {
    public var description: String { "\(message) (error \(number), SQLSTATE \(state))" }
}
