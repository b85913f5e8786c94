import PrivateServer
import SystemPackage
import TestServers
import Testing

/// First start under 2 s, later ones under 0.5 s.
///
/// Other tests, and whatever else the machine does, only add to a time: so a time that is too long is measured again.
@Suite(.serialized) struct SpeedTests {
    @Test func `a first start takes under 2 s`() throws {
        let kind = try #require(TestServer.all.first { $0.flavor == .mariaDB })
        let times = try measured(until: .seconds(2)) {
            let server = PrivateServer(directory: try RunDirectory.scratch("speed"), program: kind.program)
            let time = try ContinuousClock().measure { try server.start() }
            try server.stop()
            return time
        }
        print("first start of \(kind): \(times)")
        #expect(try #require(times.min()) < .seconds(2))
    }

    @Test(arguments: TestServer.all)
    func `later starts take under half a second`(kind: TestServer) throws {
        // MySQL's server alone takes about half a second; the bound is for MariaDB's, the default.
        let bound = Duration.milliseconds(kind.flavor == .mariaDB ? 500 : 2000)
        let server = try kind.fresh()
        try server.start()
        let reuse = try measured(until: .milliseconds(500)) { try ContinuousClock().measure { try server.start() } }
        try server.stop()
        let times = try measured(until: bound) {
            let time = try ContinuousClock().measure { try server.start() }
            try server.stop()
            return time
        }
        print("later starts of \(kind): \(times); found running: \(reuse)")
        #expect(try #require(times.min()) < bound)
        #expect(try #require(reuse.min()) < .milliseconds(500))
    }

    /// Three times, and up to twelve if none is below the bound.
    private func measured(until bound: Duration, _ once: () throws -> Duration) throws -> [Duration] {
        var times: [Duration] = []
        while times.count < 3 || (times.count < 12 && !times.contains { $0 < bound }) { times.append(try once()) }
        return times
    }
}
