import Testing

@testable import Deployment

@Suite("Names in a table's definition") struct ElementNamesTests {
    private static let definition = """
        CREATE TABLE `t` (
          `Id` int(11) NOT NULL,
          `code` char(8) DEFAULT NULL COMMENT 'kept as `old`',
          PRIMARY KEY (`Id`),
          KEY `ix_Code` (`code`),
          CONSTRAINT `fk` FOREIGN KEY (`code`) REFERENCES `other` (`name`),
          CONSTRAINT `positive` CHECK (`Id` > 0)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
        """

    @Test(arguments: ["id", "code", "ix_code", "fk", "positive", "primary"])
    func whatIsThere(name: String) throws {
        #expect(try #require(ElementNames(definition: Self.definition)).lacks(name) == false)
    }

    @Test(arguments: ["old", "other", "name", "more", "ix_more_2", "t"])
    func whatIsNot(name: String) throws {
        #expect(try #require(ElementNames(definition: Self.definition)).lacks(name))
    }

    /// Names that a server makes up for what has none.
    @Test(arguments: [
        "code_2", "ix_code_3", "t_ibfk_1", "t_chk_1", "constraint_1", "functional_index", "functional_index_2", "größe",
        "",
    ])
    func whatTheServerMayHaveNamed(name: String) throws {
        #expect(try #require(ElementNames(definition: Self.definition)).lacks(name) == false)
    }

    @Test func aNameBeyondASCIIMayBeAnyOther() {
        #expect(ElementNames(definition: Self.definition.replacing("code", with: "größe")) == nil)
    }

    @Test func whatAStatementNames() throws {
        var names = try #require(ElementNames(creating: ["create", "table", "t", "id", "int", "engine", "innodb"]))
        #expect(names.isInnoDB)
        #expect(names.lacks("more"))
        #expect(!names.lacks("id"))
        names.add(["alter", "table", "t", "add", "more", "int"])
        #expect(!names.lacks("more"))
        #expect(ElementNames(creating: ["create", "table", "t", "like", "other"]) == nil)
        #expect(ElementNames(creating: ["create", "table", "t", "select", "1"]) == nil)
        #expect(ElementNames(creating: ["create", "table", "t", "table", "u"]) == nil)
        #expect(ElementNames(creating: ["create", "table", "t", "values", "row"]) == nil)
        #expect(ElementNames(creating: ["create", "table", "t", "engine", "connect"]) == nil)
        #expect(ElementNames(creating: ["create", "table", "t", "id", "int", "innodb"])?.isInnoDB == false)
    }
}
