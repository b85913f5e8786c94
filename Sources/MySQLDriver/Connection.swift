import CMariaDB
import Deployment

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A `MYSQL` handle, connected, and the calls on it that can fail.
final class Connection {
    let handle: UnsafeMutablePointer<MYSQL>
    /// Kept alive as long as the handle, which holds a pointer to it.
    private let localInfile: LocalInfile?
    private var isOpen = true

    /// The library's own set-up, once in a process before any thread uses it ("mysql_library_init()").
    private static let setUp: Int32 = {
        mariadb_set_default_port(3306)
        return mariadb_set_up_without_tls()
    }()

    /// TLS, once in a process before a connection that may use it; and whether it can be demanded.
    private static let tls: Bool = {
        mariadb_start_tls()
        return mariadb_register_tls() == 0
    }()

    /// - Parameter hasPatience: Whether an answer may take as long as it takes; otherwise, as long as a connection may, or ten seconds.
    init(endpoint: Endpoint, database: String?, hasPatience: Bool = true) throws(DatabaseError) {
        let isSetUp = Self.setUp == 0 && (!Self.mayUseTLS(endpoint) || Self.tls)
        guard isSetUp, let handle = mysql_init(nil) else {
            throw DatabaseError(number: 2008, state: "HY000", message: "The client library could not be set up.")
        }
        self.handle = handle
        localInfile = endpoint.localInfileRoot.map(LocalInfile.init(root:))
        setOptions(endpoint)
        if !hasPatience {
            let limit = UInt32(endpoint.connectTimeout > 0 ? endpoint.connectTimeout : 10)
            for option in [MYSQL_OPT_CONNECT_TIMEOUT, MYSQL_OPT_READ_TIMEOUT] { set(option, number: limit) }
        }
        guard open(endpoint, database: database) != nil else {
            let error = lastError
            close()
            throw error
        }
    }

    deinit { close() }

    func close() {
        if isOpen { mysql_close(handle) }
        isOpen = false
    }

    /// Lets answers gather where many are to come: the server answers each of thousands of short statements by itself, and waking
    /// who reads it takes a good part of the time of such a statement, from both.
    ///
    /// - Parameter answersLeft: At most. The last ones are read as they come, so that nothing waits for them.
    func gather(answersLeft: Int) {
        guard answersLeft > 64, answersLeft % 16 == 0 else { return }
        var socket = pollfd(fd: Int32(mysql_get_socket(handle)), events: Int16(POLLIN), revents: 0)
        if poll(&socket, 1, 0) == 0 { usleep(500) }
    }

    /// What the last call on the handle reported.
    var lastError: DatabaseError {
        var error = DatabaseError(
            number: Int(mysql_errno(handle)), state: String(cString: mysql_sqlstate(handle)),
            message: String(cString: mysql_error(handle)))
        // The second looks into what the first gives, which is nothing before a server has greeted.
        error.isOfMariaDB = mysql_get_server_info(handle) != nil && mariadb_connection(handle) != 0
        return error
    }

    /// Throws what the last call reported, unless its result says success.
    func check(_ result: Int32) throws(DatabaseError) {
        if result != 0 { throw lastError }
    }

    private func setOptions(_ endpoint: Endpoint) {
        set(MYSQL_OPT_CONNECT_TIMEOUT, number: UInt32(endpoint.connectTimeout))
        set(MYSQL_SET_CHARSET_NAME, text: "utf8mb4")
        // The client side of `max_allowed_packet`, at the protocol's limit: what the server takes, it tells itself.
        set(MYSQL_OPT_MAX_ALLOWED_PACKET, size: 1 << 30)
        mysql_options4(handle, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "databasedeploy")
        if endpoint.compression { mysql_options(handle, MYSQL_OPT_COMPRESS, nil) }
        set(MYSQL_OPT_LOCAL_INFILE, number: localInfile == nil ? 0 : 1)
        localInfile?.install(on: handle)
        if case .tcp = endpoint.address { setTLS(endpoint.tls) }
    }

    /// Connector/C 3.4 may use TLS although nobody asks for it.
    private static func mayUseTLS(_ endpoint: Endpoint) -> Bool {
        if case .tcp = endpoint.address { return true }
        return mysql_get_client_version() >= 30_400
    }

    private func setTLS(_ tls: Endpoint.TLS) {
        let wanted = tls.mode != .disabled
        // With the option the library verifies the chain and the host's name. Some versions verify the chain also without it
        // where they are given an authority; with others `verify-ca` is as strict as `verify-full`.
        let isChainVerified = tls.authority != nil && MySQLDriver.canVerifyChainAlone
        let verified = tls.mode == .verifyFull || tls.mode == .verifyCA && !isChainVerified
        set(MYSQL_OPT_SSL_ENFORCE, flag: wanted && tls.mode != .preferred)
        set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, flag: verified)
        if wanted, tls.mode != .preferred, !verified { mariadb_demand_tls(handle) }
        if wanted {
            mysql_ssl_set(handle, tls.key?.string, tls.certificate?.string, tls.authority?.string, nil, nil)
        }
    }

    private func open(_ endpoint: Endpoint, database: String?) -> UnsafeMutablePointer<MYSQL>? {
        let password = endpoint.password?.value
        let flags = CLIENT_MULTI_STATEMENTS | CLIENT_MULTI_RESULTS
        switch endpoint.address {
        case .tcp(let host, let port):
            // `localhost` means the socket to the library; an address that says TCP is to be reached by TCP.
            set(MYSQL_OPT_PROTOCOL, number: MYSQL_PROTOCOL_TCP.rawValue)
            return mysql_real_connect(
                handle, host, endpoint.user, password, database, UInt32(port), nil, UInt(flags))
        case .socket(let path):
            set(MYSQL_OPT_PROTOCOL, number: MYSQL_PROTOCOL_SOCKET.rawValue)
            return mysql_real_connect(
                handle, nil, endpoint.user, password, database, 0, path.string, UInt(flags))
        }
    }

    private func set(_ option: mysql_option, number: UInt32) {
        withUnsafePointer(to: number) { _ = mysql_options(handle, option, $0) }
    }

    private func set(_ option: mysql_option, size: UInt) {
        withUnsafePointer(to: size) { _ = mysql_options(handle, option, $0) }
    }

    private func set(_ option: mysql_option, flag: Bool) {
        withUnsafePointer(to: my_bool(flag ? 1 : 0)) { _ = mysql_options(handle, option, $0) }
    }

    private func set(_ option: mysql_option, text: String) {
        _ = text.withCString { mysql_options(handle, option, $0) }
    }
}
