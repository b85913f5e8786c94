import Deployment
import MySQLDriver
import TestServers
import Testing

/// A connection that breaks is never taken for an answer.
@Suite struct LostConnectionTests {
    /// The library gives the same answer where there are no more results and where it lost the connection among the names of
    /// a result's columns ("mysql_next_result()").
    @Test(arguments: TestServer.all)
    func anAnswerThatIsCutAnywhereIsAnError(server: TestServer) throws {
        let proxy = try Proxy(target: server.socket)
        let endpoint = try Endpoint(
            address: .tcp(host: "127.0.0.1", port: proxy.port), user: server.user, tls: .init(mode: .disabled))
        let statements = "DO 0; SELECT 1 AS one, 2 AS two; SELECT 3 AS three"
        for asScript in [false, true] {
            var bytes = 0
            var wasCut = true
            while wasCut {
                bytes += 1
                // The connection is made first, so that the cut is in the answer.
                let session = try MySQLDriver().connect(to: endpoint, database: nil)
                defer { session.close() }
                try session.execute("DO 0")
                proxy.arm(.init(bytes: bytes, direction: .toTool, resets: false, takesAll: true))
                defer { proxy.arm(nil) }
                do throws(DatabaseError) {
                    if asScript {
                        try session.execute(statements)
                    } else {
                        #expect(try session.results(statements).count == 2)
                    }
                    // Only the last byte may be the one behind which it is cut.
                    wasCut = false
                } catch {
                    #expect(error.isConnectionLost)
                    #expect(throws: DatabaseError.self) {
                        try session.reset(database: nil, characterSet: "utf8mb4")
                    }
                }
            }
            #expect(bytes > 100, "every byte of the answer")
        }
    }
}
