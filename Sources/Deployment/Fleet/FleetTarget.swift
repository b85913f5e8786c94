/// One of several targets.
public struct FleetTarget: Sendable {
    /// As if it were the only one.
    public var configuration: Configuration
    /// Its name among the others: the database's, and where several have that, with its server.
    public var label: String
    /// What means it alone on the command line, with a space in front.
    let options: String

    /// Where it is.
    public var server: String { endpoint?.location ?? "" }

    /// How it is reached; nil if no server is named.
    var endpoint: Endpoint? {
        if case .existing(_, let endpoint) = configuration.server { return endpoint }
        return nil
    }

    /// - Parameter options: What means it alone on the command line.
    init(_ configuration: Configuration, options: String) {
        self.configuration = configuration
        self.options = options
        label = configuration.database
    }

    /// Names them apart.
    static func labelled(_ targets: [FleetTarget]) -> [FleetTarget] {
        let count = Dictionary(targets.map { ($0.configuration.database, 1) }, uniquingKeysWith: +)
        return targets.map { target in
            var target = target
            let name = target.configuration.database
            target.label = count[name] == 1 ? name : "\(name) at \(target.server)"
            return target
        }
    }
}

extension [FleetTarget] {
    /// Their names, as many as have room, and how many there are more.
    ///
    /// - Parameter width: Characters.
    public func names(width: Int) -> String { FleetTable.names(map(\.label), width: width) }
}
