import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The SQL from which a MariaDB server makes its system tables: the server's own scripts, as mariadb-install-db feeds
/// them, without those for help texts (most of the time), the `test` database and the anonymous users.
struct MariaDBSystemTables {
    let program: ServerProgram

    /// - Throws: `PrivateServerError` if the scripts are not there; `Errno` if they cannot be read.
    func script() throws -> [UInt8] {
        let share = try shareDirectory()
        // NULL: `root` without a password, and not tied to one system user's name by the plugin unix_socket
        // (mysql_system_tables_data.sql). Whoever owns the directory gets in, whatever his name; nobody else reaches
        // the socket.
        var script = Array("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n".utf8)
        let names = ["system_tables", "performance_tables", "system_tables_data", "add_gis_sp_bootstrap", "sys_schema"]
        for name in names {
            guard let file = Self.file(name, in: share) else {
                throw PrivateServerError(
                    .programUnfit, "\(share) has no script “\(name)”, from which \(program.path) makes its first data.",
                    advice: ServerProgram.installation)
            }
            script += try contents(of: file)
            script += Array("\n".utf8)
        }
        // The scripts also make root accounts for this machine's name and for the loopback addresses.
        let cleaning = """
            DELETE FROM mysql.global_priv WHERE Host <> 'localhost' OR User = '';
            DELETE FROM mysql.proxies_priv WHERE Host <> 'localhost' OR User = '';

            """
        return script + Array(cleaning.utf8)
    }

    /// `share/mysql` or `share/mariadb` beside the directory of the program, links followed.
    private func shareDirectory() throws(PrivateServerError) -> FilePath {
        var places: [FilePath] = []
        for path in [program.path, resolved(program.path)] {
            let prefix = path.removingLastComponent().removingLastComponent()
            places += ["share/mariadb", "share/mysql", "share", "scripts"].map { prefix.appending($0) }
        }
        places += ["/usr/share/mariadb", "/usr/share/mysql"]
        guard let found = places.first(where: { Self.file("system_tables", in: $0) != nil }) else {
            throw PrivateServerError(
                .programUnfit,
                "The scripts from which \(program.path) makes its first data (mysql_system_tables.sql) are not found.",
                advice: ServerProgram.installation)
        }
        return found
    }

    /// Since MariaDB 11 the scripts begin with `mariadb_`; before, with `mysql_`, and one with `maria_`.
    private static func file(_ name: String, in directory: FilePath) -> FilePath? {
        ["mariadb_", "mysql_", "maria_"].map { directory.appending("\($0)\(name).sql") }
            .first { access($0.string, R_OK) == 0 }
    }
}
