import SystemPackage
import Testing

@testable import Deployment

@Suite struct DatabaseURLTests {
    private func parse(_ text: String) throws -> ServerSettings {
        try DatabaseURL.parse(text, base: "/base")
    }

    @Test(arguments: [
        ("mysql://u:secret@h:3307/D?ssl-mode=required", "mysql://u@h:3307/D?ssl-mode=required"),
        ("mysql://u:sec:ret@h", "mysql://u@h"), ("mysql://:secret@h/D", "mysql://@h/D"),
        ("mysql://u@h/D", "mysql://u@h/D"),
        ("private:/D", "private:/D"), ("mysql://root:secret", "…"), ("mysql://root:12?secret@h/D", "…"),
        ("mysql://root:/secret@h", "…"), ("root:secret@h", "…"),
    ])
    func whatIsShownHasNoPassword(text: String, shown: String) {
        #expect(DatabaseURL.withoutPassword(text) == shown)
    }

    @Test func everyPart() throws {
        let url =
            "mysql://u%40x:p%3A%2F%C3%A9@db.example.com:3307/My%20Shop?ssl-mode=VERIFY_CA&ssl-ca=ca.pem"
            + "&ssl-cert=/c.pem&ssl_key=/k.pem&charset=utf8mb4&connect-timeout=5&compression=true"
        let expected = ServerSettings(
            host: "db.example.com", port: 3307, user: "u@x", password: Secret("p:/é"), database: "My Shop",
            tls: TLSSettings(mode: .verifyCA, authority: "/base/ca.pem", certificate: "/c.pem", key: "/k.pem"),
            connectTimeout: 5, compression: true)
        #expect(try parse(url) == expected)
    }

    @Test(arguments: [
        ("mysql://host/D", ServerSettings(host: "host", database: "D")),
        ("MARIADB://host/D", ServerSettings(host: "host", database: "D")),
        ("mysql://host", ServerSettings(host: "host")),
        ("mysql://host/", ServerSettings(host: "host")),
        ("mysql://u@host:/D", ServerSettings(host: "host", user: "u", database: "D")),
        ("mysql://u:@host/D", ServerSettings(host: "host", user: "u", password: Secret(""), database: "D")),
        ("mysql://u:a@b@host/D", ServerSettings(host: "host", user: "u", password: Secret("a@b"), database: "D")),
        ("mysql://u:a:b+c@host", ServerSettings(host: "host", user: "u", password: Secret("a:b+c"))),
        ("mysql://[::1]:3307/D", ServerSettings(host: "::1", port: 3307, database: "D")),
        ("mysql://[fe80::1%25eth0]/D", ServerSettings(host: "fe80::1%eth0", database: "D")),
        ("mysql:///D?socket=/run/my%20sql.sock", ServerSettings(socket: "/run/my sql.sock", database: "D")),
        ("mysql://h:1/D?socket=/s", ServerSettings(host: "h", port: 1, socket: "/s", database: "D")),
        ("mysql://h/%60odd%60", ServerSettings(host: "h", database: "`odd`")),
        ("mysql://h?charset=utf8", ServerSettings(host: "h")),
        ("private:", ServerSettings(isPrivate: true)),
        ("private:/Shop", ServerSettings(isPrivate: true, database: "Shop")),
        ("private:///My%20Shop", ServerSettings(isPrivate: true, database: "My Shop")),
        ("mysql://h?ssl-mode=disabled", ServerSettings(host: "h", tls: TLSSettings(mode: .disabled))),
        ("mysql://h?ssl-mode=preferred", ServerSettings(host: "h", tls: TLSSettings(mode: .preferred))),
        ("mysql://h?ssl-mode=REQUIRED", ServerSettings(host: "h", tls: TLSSettings(mode: .required))),
        ("mysql://h?ssl-mode=verify_identity", ServerSettings(host: "h", tls: TLSSettings(mode: .verifyFull))),
    ])
    func forms(url: String, expected: ServerSettings) throws {
        #expect(try parse(url) == expected)
    }

    private static let example = "as in mysql://user@host:3306/Database"
    private static let encodings =
        "in a user name or password, `/` is written as %2F, `?` as %3F, `#` as %23, `@` as %40, `:` as %3A "
        + "and `%` as %25"

    @Test(arguments: [
        ("host/s3cret", "it must begin with `mysql://`, `mariadb://` or `private:`, \(example)"),
        ("postgres://u:s3cret@h/d", "it must begin with `mysql://`, `mariadb://` or `private:`, \(example)"),
        ("mysql:u:s3cret@h/d", "`//` must follow the scheme, \(example)"),
        ("mysql://u:s3cret#x@h/d", "a `#` in it must be written as %23"),
        ("mysql://u:s3cret@h:x/d", "the port must be a number from 1 to 65535; \(encodings)"),
        ("mysql://u:s3cret%@h/d", "the password has a `%` without two hexadecimal digits; a `%` is written as %25"),
        ("mysql://u:s3cret%FF@h/d", "the password is not UTF-8 text"),
        ("mysql://u:s3cret%00@h/d", "the password is not UTF-8 text"),
        ("mysql://::1/d", "an IPv6 address must be written in brackets, as in mysql://[::1]:3306/Database"),
        ("mysql://[::1/d", "the `[` of an IPv6 address has no `]`"),
        ("mysql://[s3cret]/d", "an IPv6 address must stand between `[` and `]`"),
        ("mysql://[::1]3306/d", "only `:` and a port can follow the `]` of an IPv6 address"),
        ("mysql://a b/d", "the host has a character that no host name has"),
        ("mysql://h/a/b", "only one name can follow the host; a `/` in a name or password is written as %2F"),
        ("mysql://h?sslmode=x", "there is no parameter `sslmode` (did you mean \"ssl-mode\"?)"),
        ("mysql://h?frobnicate=s3cret", "there is no parameter `frobnicate`"),
        ("mysql://h?password=s3cret", "there is no parameter `password`; user and password stand before the host"),
        ("mysql://h?socket=/a&socket=/b", "the parameter `socket` is given twice"),
        ("mysql://h?socket", "the parameter `socket` has no value"),
        ("mysql://h?socket=", "the parameter `socket` has no value"),
        ("mysql://h?socket=run/s", "`socket` must be an absolute path"),
        ("mysql://h?ssl-mode=maybe", "`ssl-mode` must be one of disabled, preferred, required, verify-ca, verify-full"),
        ("mysql://h?connect-timeout=-1", "`connect-timeout` must be a number of seconds, 0 or more"),
        ("mysql://h?compression=2", "`compression` must be true or false"),
        (
            "mysql://h?charset=latin1",
            "`charset` can only be utf8mb4; scripts in another encoding have `encoding` set for their folder"
        ),
        ("private:/a/b", "only a database name can follow `private:`, as in private:/Database"),
    ])
    func malformed(url: String, reason: String) throws {
        #expect(throws: DatabaseURL.Problem(reason: reason)) { try parse(url) }
        #expect(!reason.contains("s3"))
    }

    /// The rest of such a password must be taken neither for a name that is shown nor for a database.
    @Test(arguments: [
        "mysql://root:?hunter2secret@127.0.0.1:33901/Db", "mysql://root:12?hunter2secret@127.0.0.1/Db",
        "mysql://root:/hunter2secret@127.0.0.1", "mysql://root:1/hunter2secret@127.0.0.1",
        "mysql://u:s3/cret@h/d", "mysql://u:a@b/hunter2secret@h", "mysql://u:a@b?hunter2secret@h",
        "mysql://u:?ssl-mode=hunter2secret@h", "mysql://h/d?socket=/run/@x",
    ])
    func anAtSignBehindTheHostIsRefused(url: String) throws {
        let reason =
            "an `@` stands behind a `/` or `?`; special characters have to be percent-encoded: \(Self.encodings)"
        #expect(throws: DatabaseURL.Problem(reason: reason)) { try parse(url) }
    }

    @Test func anEncodedAtSignMayStandAnywhere() throws {
        let expected = ServerSettings(
            host: "h", socket: "/run/@x", user: "u", password: Secret("/?@"), database: "a@b")
        #expect(try parse("mysql://u:%2F%3F%40@h/a%40b?socket=/run/%40x") == expected)
    }

    @Test(arguments: ["0", "65536", "x", "-1", "99999999999999999999"])
    func ports(port: String) {
        #expect(throws: DatabaseURL.Problem.self) { try parse("mysql://h:\(port)/d") }
    }
}
