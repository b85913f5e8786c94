import Testing

@testable import Deployment

@Suite struct ScriptVersionTests {
    @Test(arguments: [
        ["001a.x.sql", "001b.x.sql", "002.x.sql", "999.x.sql", "1000.x.sql"],
        ["118.x.sql", "118_1.x.sql", "118.2.x.sql", "119.x.sql"],
        ["V1__a.sql", "V1.1__b.sql", "V2__c.sql", "V10__d.sql"],
        ["v1_a.sql", "2_b.sql", "V3_c.sql"],
        ["001.a.sql", "002.2nd_try.sql", "002.first.sql", "003.b.sql"],
        ["1_a.sql", "002_b.sql", "3-c.sql", "0004 d.sql"],
        ["20240120141535_a.sql", "20240120141536_b.sql"],
        ["99999999999999999998.a.sql", "99999999999999999999.b.sql", "100000000000000000000.c.sql"],
        ["1.a.sql", "1.b.sql", "apple.sql", "zebra.sql"],
        ["007.B.sql", "007.a.sql"],
        ["1.2.sql", "1.2.3.sql", "1.10.sql"],
        ["0.sql", "000.x.sql", "1.sql"],
    ])
    func orderIsByVersionThenText(names: [String]) {
        let scripts = names.map { Script(identity: .init(folder: "M", file: $0), path: "", encoding: nil) }
        #expect(scripts.reversed().sorted(by: Script.precedes).map(\.identity.file) == names)
    }

    @Test(arguments: [
        ("002.2nd_try.sql", 1), ("118_1.x.sql", 2), ("118_1a.x.sql", 2), ("V2.10.3__x.sql", 3), ("view.sql", 0),
        ("2nd.sql", 1), ("1é.sql", 1),
    ])
    func componentsEndWhereWordsBegin(name: String, count: Int) {
        #expect(ScriptVersion(fileName: name).components.count == count)
    }

    @Test func sameNumberIsSameVersion() {
        #expect(ScriptVersion(fileName: "007.a.sql") == ScriptVersion(fileName: "7_b.sql"))
        #expect(ScriptVersion(fileName: "007a.a.sql") == ScriptVersion(fileName: "7A.b.sql"))
    }
}
