/// The keys of MySql.Data's and MySqlConnector's connection strings, with all synonyms.
enum ConnectionStringKey: CaseIterable {
    case server, port, database, user, password
    case connectionProtocol, pipe
    case sslMode, sslAuthority, sslCertificate, sslKey, certificateFile
    case connectTimeout, commandTimeout
    case characterSet, compression, localInfile, localInfilePath
    case windowsLogin
    /// Known, but means nothing to a deployment: pooling, metadata, type conversion of the .NET driver.
    case ignored

    /// The key of this name; case, blanks, `-` and `_` don't count.
    init?(_ name: String) {
        let plain = Self.plain(name)
        guard let key = Self.allCases.first(where: { $0.names.contains(plain) }) else { return nil }
        self = key
    }

    /// ` (did you mean "SslMode"?)`, or nothing: among the keys that matter to a deployment.
    static func hint(for name: String) -> String { Suggestion.phrase(for: plain(name), in: spelled) }

    /// Whether a key that is none of ours looks as if a password stood behind it.
    static func mayMeanPassword(_ name: String) -> Bool {
        let plain = Self.plain(name)
        return plain.contains("pass") || plain.contains("pw")
    }

    /// As MySql.Data's documentation has them, without blanks.
    private static let spelled = [
        "Server", "Host", "DataSource", "Port", "Database", "InitialCatalog", "UserId", "Uid", "UserName", "Password",
        "Pwd", "Protocol", "PipeName", "SslMode", "SslCa", "SslCert", "SslKey", "ConnectionTimeout",
        "DefaultCommandTimeout", "CharacterSet", "CharSet", "UseCompression", "AllowLoadLocalInfile",
        "AllowLoadLocalInfileInPath", "Pooling", "AllowUserVariables", "PersistSecurityInfo",
    ]

    private static func plain(_ name: String) -> String {
        name.lowercased().filter { !" -_\t".contains($0) }
    }

    private var names: [String] {
        switch self {
        case .server: ["server", "host", "datasource", "address", "addr", "networkaddress"]
        case .port: ["port"]
        case .database: ["database", "initialcatalog"]
        case .user: ["userid", "uid", "username", "user"]
        case .password: ["password", "pwd", "password1", "pwd1"]
        case .connectionProtocol: ["protocol", "connectionprotocol"]
        case .pipe: ["pipe", "pipename"]
        case .sslMode: ["sslmode"]
        case .sslAuthority: ["sslca", "cacertificatefile"]
        case .sslCertificate: ["sslcert"]
        case .sslKey: ["sslkey"]
        case .certificateFile: ["certificatefile"]
        case .connectTimeout: ["connectiontimeout", "connecttimeout"]
        case .commandTimeout: ["defaultcommandtimeout", "commandtimeout"]
        case .characterSet: ["charset", "characterset"]
        case .compression: ["compress", "usecompression"]
        case .localInfile: ["allowloadlocalinfile"]
        case .localInfilePath: ["allowloadlocalinfileinpath"]
        case .windowsLogin: ["integratedsecurity", "trustedconnection"]
        case .ignored: Self.withoutMeaning
        }
    }

    private static let withoutMeaning = [
        // Pooling and the life of a connection.
        "pooling", "minpoolsize", "minimumpoolsize", "maxpoolsize", "maximumpoolsize", "connectionlifetime",
        "connectionreset", "connectionidletimeout", "idletimeout", "connectionidlepingtime", "deferconnectionreset",
        "cacheserverproperties", "keepalive", "interactive", "interactivesession", "loadbalance", "dnscheckinterval",
        "dnssrv", "serverredirectionmode", "cancellationtimeout", "pipelining", "autoenlist", "usexatransactions",
        "forcesynchronous", "ignorecommandtransaction", "replication",
        // Types, metadata and diagnosis of the .NET driver.
        "allowuservariables", "allowzerodatetime", "convertzerodatetime", "datetimekind", "treattinyasboolean",
        "treatblobsasutf8", "blobasutf8includepattern", "blobasutf8excludepattern", "oldguids", "guidformat",
        "respectbinaryflags", "useaffectedrows", "functionsreturnstring", "nobackslashescapes", "sqlservermode",
        "useprocedurebodies", "checkparameters", "procedurecache", "procedurecachesize", "tablecache", "tablecaching",
        "defaulttablecacheage", "ignoreprepare", "allowbatch", "logging", "useusageadvisor", "usageadvisor",
        "useperformancemonitor", "useperfmon", "perfmon", "usedefaultcommandtimeoutforef", "commandinterceptors",
        "exceptioninterceptors", "includesecurityasserts", "applicationname", "programname", "connectionattributes",
        "persistsecurityinfo",
        // libmariadb fetches the server's public key by itself and agrees on TLS versions by itself.
        "allowpublickeyretrieval", "serverrsapublickeyfile", "tlsversion", "tlsciphersuites", "serverspn",
        // Only for named pipes and shared memory, which are Windows' own.
        "sharedmemoryname",
    ]
}
