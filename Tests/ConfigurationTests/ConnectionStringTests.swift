import SystemPackage
import Testing

@testable import Deployment

@Suite struct ConnectionStringTests {
    private func read(_ text: String) throws -> (settings: ServerSettings, warnings: [String]) {
        var reader = ConnectionStringReader(name: "C", base: "/base")
        let settings = try reader.read(text)
        return (settings, reader.warnings)
    }

    @Test(arguments: [
        ("", []),
        (" ; ;", []),
        ("a=1", ["a=1"]),
        (" a = 1 ; b b = 2 ", ["a=1", "b b=2"]),
        ("a=;b=2", ["a=", "b=2"]),
        ("a=x=y", ["a=x=y"]),
        ("a==b=1", ["a=b=1"]),
        ("a='x;y';b=2", ["a=x;y", "b=2"]),
        ("a=\"x;y\" ; b=2", ["a=x;y", "b=2"]),
        ("a='it''s'", ["a=it's"]),
        ("a=\"say \"\"no\"\"\"", ["a=say \"no\""]),
        ("a=\"it's\"", ["a=it's"]),
        ("a=' x '", ["a= x "]),
        ("a=x'y", ["a=x'y"]),
    ])
    func syntax(text: String, expected: [String]) throws {
        #expect(try ConnectionString.parse(text).map { "\($0.key)=\($0.value)" } == expected)
    }

    @Test(arguments: [
        ("a=1;s3cret", "its part 2 has no `=`; a value with `;` must be written in quotation marks"),
        ("=s3cret", "its part 1 has no key before `=`"),
        ("Pwd='s3cret", "the quotation mark that opens the value of `Pwd` is not closed"),
        ("Pwd='s3'cret", "something follows the closing quotation mark of `Pwd`"),
        ("Pwd=a;s3cret='x", "the quotation mark that opens the value of its part 2 is not closed"),
        ("Pwd=a;s3cret='x'y", "something follows the closing quotation mark of its part 2"),
        (
            "Server=tcp:s3cret,1433",
            "`Server=tcp:host,port` is SQL Server's spelling; write `Server=host;Port=3306`"
        ),
        ("Port=s3cret", "`Port` must be a number from 1 to 65535"),
        ("Port=0", "`Port` must be a number from 1 to 65535"),
        ("Server=h:s3cret", "`Server` must be a number from 1 to 65535"),
        ("SslMode=s3cret", "`SslMode` must be None, Preferred, Required, VerifyCA or VerifyFull"),
        ("Compress=s3cret", "`Compress` must be true or false"),
        ("Protocol=pipe", "`Protocol` asks for a named pipe or shared memory, which only Windows has; use tcp or unix"),
        ("Protocol=s3cret", "`Protocol` must be tcp or unix"),
        ("Protocol=unix;Server=h", "`Protocol=unix` wants the path of a socket in `Server`"),
        (
            "Server=(s3cret)",
            "`Server` begins with `(`; write the name of a host, or a list as in `(address=host:3306, priority=1)`"
        ),
    ])
    func malformed(text: String, reason: String) {
        #expect(throws: ConnectionString.Problem(reason: reason)) { try read(text) }
    }

    @Test(arguments: [
        "Server", "server", "SERVER", "Host", "Data Source", "DataSource", "Address", "Addr", "Network Address",
    ])
    func host(key: String) throws { #expect(try read("\(key)=h").settings == ServerSettings(host: "h")) }

    @Test(arguments: ["Database", "Initial Catalog", "InitialCatalog"])
    func database(key: String) throws { #expect(try read("\(key)=D").settings == ServerSettings(database: "D")) }

    @Test(arguments: ["User Id", "UserId", "User ID", "Uid", "UID", "Username", "User name", "User"])
    func user(key: String) throws { #expect(try read("\(key)=u").settings == ServerSettings(user: "u")) }

    @Test(arguments: ["Password", "Pwd", "pwd", "Password1"])
    func password(key: String) throws {
        #expect(try read("\(key)=p").settings == ServerSettings(password: Secret("p")))
    }

    @Test(arguments: ["SslMode", "Ssl Mode", "Ssl-Mode", "SSL Mode", "ssl_mode"])
    func sslMode(key: String) throws {
        #expect(try read("\(key)=VerifyCA").settings.tls == TLSSettings(mode: .verifyCA))
    }

    @Test(arguments: [
        ("None", Endpoint.TLSMode.disabled), ("Disabled", .disabled), ("Preferred", .preferred),
        ("Prefered", .preferred), ("Required", .required), ("VerifyCA", .verifyCA), ("VerifyFull", .verifyFull),
        ("verifyfull", .verifyFull),
    ])
    func sslModes(value: String, mode: Endpoint.TLSMode) throws {
        #expect(try read("SslMode=\(value)").settings.tls.mode == mode)
    }

    @Test(arguments: [
        ("SslCa=c.pem", TLSSettings(authority: "/base/c.pem")), ("Ssl-Ca=/c", TLSSettings(authority: "/c")),
        ("CACertificateFile=/c", TLSSettings(authority: "/c")),
        ("CA Certificate File=/c", TLSSettings(authority: "/c")),
        ("SslCert=/c", TLSSettings(certificate: "/c")), ("Ssl Cert=/c", TLSSettings(certificate: "/c")),
        ("SslKey=/k", TLSSettings(key: "/k")), ("Ssl-Key=/k", TLSSettings(key: "/k")),
    ])
    func certificates(text: String, expected: TLSSettings) throws {
        #expect(try read(text).settings.tls == expected)
    }

    @Test(arguments: ["Connection Timeout", "Connect Timeout", "ConnectionTimeout", "ConnectTimeout"])
    func connectTimeout(key: String) throws {
        #expect(try read("\(key)=7").settings == ServerSettings(connectTimeout: 7))
    }

    @Test(arguments: ["Default Command Timeout", "DefaultCommandTimeout", "Command Timeout"])
    func commandTimeout(key: String) throws {
        #expect(try read("\(key)=0").settings == ServerSettings(statementTimeout: 0))
        #expect(try read("\(key)=4294967295").settings == ServerSettings(statementTimeout: 2_147_483))
    }

    @Test(arguments: ["Compress", "Use Compression", "UseCompression"])
    func compression(key: String) throws {
        #expect(try read("\(key)=True").settings == ServerSettings(compression: true))
        #expect(try read("\(key)=no").settings == ServerSettings(compression: false))
    }

    @Test(arguments: [
        ("AllowLoadLocalInfile=true", ServerSettings.LocalInfile.project),
        ("Allow Load Local Infile=false", .off), ("AllowLoadLocalInfileInPath=d", .directory("d")),
        ("AllowLoadLocalInfile=true;AllowLoadLocalInfileInPath=d", .project),
        ("AllowLoadLocalInfileInPath=d;AllowLoadLocalInfile=true", .directory("d")),
    ])
    func localInfile(text: String, expected: ServerSettings.LocalInfile) throws {
        #expect(try read(text).settings.localInfile == expected)
    }

    @Test(arguments: [
        ("Server=h:3307", ServerSettings(host: "h", port: 3307)),
        ("Server=::1;Port=3308", ServerSettings(host: "::1", port: 3308)),
        ("Server=[::1]:3307", ServerSettings(host: "::1", port: 3307)),
        ("Server=.", ServerSettings(host: "localhost")),
        ("Server=/run/s;Protocol=unix", ServerSettings(socket: "/run/s")),
        ("Protocol=unix;Pipe Name=/run/s", ServerSettings(socket: "/run/s")),
        ("Server=/run/s;Connection Protocol=UnixSocket", ServerSettings(socket: "/run/s")),
        ("Server=h;Protocol=tcp", ServerSettings(host: "h")), ("Server=h;Protocol=socket", ServerSettings(host: "h")),
        ("Server=(address=a:1, priority=1)", ServerSettings(host: "a", port: 1)),
        ("Server=h;PipeName=mysql", ServerSettings(host: "h")),
        ("Server=;Port=", ServerSettings()), ("Server=a;Server=b", ServerSettings(host: "b")),
        ("Server=tcp:3307", ServerSettings(host: "tcp", port: 3307)),
    ])
    func places(text: String, expected: ServerSettings) throws {
        let result = try read(text)
        #expect(result.settings == expected)
        #expect(result.warnings == [])
    }

    /// As in .NET: of one key, by whatever names, the last one counts, and an empty one takes the value away.
    @Test(arguments: [
        ("Server=/run/s;Server=h", ServerSettings(host: "h")),
        ("Server=h:3307;Host=/run/s", ServerSettings(socket: "/run/s")),
        ("Server=h:3307;Data Source=g", ServerSettings(host: "g")),
        ("Server=h;Server=", ServerSettings()),
        ("Database=A;Initial Catalog=B", ServerSettings(database: "B")),
        ("Database=A;Database=", ServerSettings()),
        ("Uid=a;User Id=", ServerSettings()),
        ("Pwd=a;Password=", ServerSettings(password: Secret(""))),
        ("Port=x;Port=7", ServerSettings(port: 7)),
        ("Compress=true;Compress=", ServerSettings()),
        ("SslMode=None;Ssl Mode=", ServerSettings()),
    ])
    func theLastOneOfAKeyCounts(text: String, expected: ServerSettings) throws {
        #expect(try read(text).settings == expected)
    }

    private static let behindPassword =
        "The connection string `C` has a key behind the password that is not understood; "
        + "a password with `;` must be in quotation marks."
    private static let unknownKey = "The connection string `C` has a key `Bogus` that is not understood."

    /// It may be the rest of a password.
    @Test(arguments: [
        ("Pwd=;hunter2tail=x", [behindPassword]),
        ("Pwd=hunter;2tail=x;and=more", [behindPassword]),
        (
            "Passwort=hunter;2tail=x",
            [
                "The connection string `C` has a key `Passwort` that is not understood (did you mean \"Password\"?).",
                behindPassword,
            ]
        ),
        ("Pwd=p;Database=D;Bogus=1", [unknownKey]),
        ("Bogus=1;Pwd=p", [unknownKey]),
        ("Bogus=1;Pwd=hunter;2tail=x", [unknownKey, behindPassword]),
    ])
    func aKeyBehindThePasswordIsNotShown(text: String, expected: [String]) throws {
        #expect(try read(text).warnings == expected)
    }

    @Test(arguments: ["Server=a,b:3307", "Server=a , b", "Server=(address=a,priority=1),(address=b,priority=2)"])
    func severalServers(text: String) throws {
        let result = try read(text)
        #expect(result.settings == ServerSettings(host: "a"))
        #expect(result.warnings == ["The connection string `C` names several servers; only the first one is used."])
    }

    @Test(arguments: [
        "Allow User Variables", "AllowUserVariables", "AllowPublicKeyRetrieval", "Allow Public Key Retrieval",
        "Pooling", "Min Pool Size", "MinimumPoolSize", "Max Pool Size", "Maximum Pool Size", "Connection Lifetime",
        "Connection Reset", "Keep Alive", "Keepalive", "Persist Security Info", "Allow Zero Datetime",
        "Convert Zero Datetime", "Treat Tiny As Boolean", "Use Affected Rows", "Old Guids", "Allow Batch", "Logging",
        "Ignore Prepare", "Procedure Cache Size", "Check Parameters", "Use Procedure Bodies", "Interactive Session",
        "Sql Server Mode", "Table Cache", "Default Table Cache Age", "Respect Binary Flags", "Replication",
        "Cache Server Properties", "Auto Enlist", "TlsVersion", "Shared Memory Name", "GuidFormat", "DateTimeKind",
        "Application Name", "ConnectionIdleTimeout", "Functions Return String", "Use Usage Advisor",
    ])
    func keysWithoutMeaningAreAccepted(key: String) throws {
        let result = try read("\(key)=whatever")
        #expect(result.settings == ServerSettings())
        #expect(result.warnings == [])
    }

    @Test(arguments: [
        ("CharSet=utf8mb4", []), ("Character Set=UTF8", []),
        (
            "CharSet=latin1",
            [
                "The connection string `C` has `CharSet`: scripts are sent as UTF-8 all the same; "
                    + "set `encoding` for folders that are not."
            ]
        ),
        (
            "CertificateFile=s3cret.pfx",
            [
                "The connection string `C` has `CertificateFile`: PKCS #12 files are not read; "
                    + "set `SslCert` and `SslKey` to PEM files."
            ]
        ),
        (
            "Sevrer=s3cret",
            ["The connection string `C` has a key `Sevrer` that is not understood (did you mean \"Server\"?)."]
        ),
        (
            "Datbase=s3cret",
            ["The connection string `C` has a key `Datbase` that is not understood (did you mean \"Database\"?)."]
        ),
        (
            "Ssl Mod=none",
            ["The connection string `C` has a key `Ssl Mod` that is not understood (did you mean \"SslMode\"?)."]
        ),
        ("Frobnicate=s3cret", ["The connection string `C` has a key `Frobnicate` that is not understood."]),
        ("Integrated Security=false", []),
        (
            "Integrated Security=SSPI",
            [
                "The connection string `C` has `Integrated Security`: there is no login by Windows here; "
                    + "name the user with `Uid` and `Pwd`."
            ]
        ),
    ])
    func warnings(text: String, expected: [String]) throws {
        #expect(try read(text).warnings == expected)
    }

    @Test func aServerInParenthesesIsAnsweredWithWhatToWrite() throws {
        for (text, part) in [("(local)", "write `Server=localhost`"), ("(s3cret)", "write the name of a host")] {
            let problem = try #require(throws: ConnectionString.Problem.self) { try read("Server=\(text)") }
            #expect(problem.reason.contains(part))
            #expect(!problem.reason.contains("s3cret"))
        }
    }
}
