import PrivateServer

/// Makes a project built to hurt: every kind of statement, mixed as no reasonable person would, from a seed.
///
/// Nothing in it depends on the time or on how often a transaction was taken back, so every undisturbed run ends in
/// the same state; and little in it can be repeated or left out without a trace.
final class Workshop {
    static let database = "Torture"
    static let second = "TortureSecond"
    static let third = "TortureThird"
    static let databases = [database, second, third]
    /// Accounts are the server's, so their names have a prefix by which they are found again.
    static let accountPrefix = "torture_"
    /// Every script counts its runs here.
    static let counter = "`\(database)`.`RunCount`"

    var dice: Dice
    let flavor: ServerFlavor
    let isCluster: Bool
    /// Whether nodes of the cluster die, and take their state from others.
    let losesNodes: Bool
    /// Tables with the columns `Id`, `Name` and `Value`, to which anything may happen.
    var tables: [String] = []
    var procedures: [String] = []
    var views: [String] = []
    var events: [String] = []
    var users: [String] = []
    /// Tables and views of scripts that are one definition each.
    var oneTables: [String] = []
    var oneViews: [String] = []
    /// The script that is being made.
    var pieces: [TortureScript.Piece] = []
    var hasLongStatement = false
    private var isHeld = false
    private var lastNumber = 0
    private var lastID = 100
    private(set) var scripts: [TortureScript] = []

    init(seed: UInt64, flavor: ServerFlavor, isCluster: Bool, losesNodes: Bool) {
        dice = Dice(seed: seed)
        self.flavor = flavor
        self.isCluster = isCluster
        self.losesNodes = losesNodes
    }

    /// - Parameters:
    ///   - count: How many scripts there are to be.
    ///   - recipes: The names of those that the folder Modifications is made by; empty means all.
    static func project(
        seed: UInt64, flavor: ServerFlavor, isCluster: Bool, losesNodes: Bool, count: Int, recipes: Set<String> = []
    ) -> [TortureScript] {
        let workshop = Workshop(seed: seed, flavor: flavor, isCluster: isCluster, losesNodes: losesNodes)
        workshop.make(count, recipes)
        return workshop.scripts
    }

    private func make(_ count: Int, _ recipes: Set<String>) {
        makeFirstScripts()
        let schema = count / 4
        let data = count / 6
        while scripts.count < schema {
            if dice.happens(20) { makeSingles("Schema") }
            script("Schema", dice.pick(definitions))
        }
        let firstData = scripts.count
        while scripts.count < firstData + data { script("Data", dice.pick(changes)) }
        // Each recipe once before any comes twice.
        var rest: [Recipe] = []
        while scripts.count < count {
            if rest.isEmpty {
                rest = (definitions + changes + mixtures + alterations)
                    .filter { recipes.isEmpty || recipes.contains($0.name) }.shuffled(using: &dice)
            }
            if dice.happens(20) { makeSingles("Modifications") }
            script("Modifications", rest.removeLast())
        }
    }

    /// Some scripts in a row that are one or a few statements each.
    private func makeSingles(_ folder: String) {
        for _ in 1...dice.number(2...20) { script(folder, dice.pick(singles), counts: false) }
    }

    /// What writes one script, by a name that shows in the script's.
    typealias Recipe = (name: String, write: (Workshop) -> () -> Void)

    /// The beginning is where there is no journal yet; seeds differ in how much happens there.
    private func makeFirstScripts() {
        let create = "CREATE DATABASE `\(Self.database)` CHARACTER SET utf8mb4"
        let count = "CREATE TABLE \(Self.counter) (Script VARCHAR(100), Step INT, N INT, PRIMARY KEY (Script, Step))"
        if dice.happens(50) {
            add("Schema", "CreateDatabase", [create], counts: false)
            add("Schema", "CreateCounter", [count], counts: false)
        } else {
            add("Schema", "CreateDatabase", [create, "USE `\(Self.database)`", count])
        }
        add("Schema", "CreateSecond", ["CREATE DATABASE `\(Self.second)` CHARACTER SET utf8mb4"])
        for _ in 1...4 { script("Schema", ("CreateTable", Workshop.createTable)) }
        for _ in 1...3 { script("Schema", ("OneTable", Workshop.oneTable), counts: false) }
    }

    private func add(_ folder: String, _ name: String, _ statements: [String], counts: Bool = true) {
        pieces = []
        for statement in statements { sql(statement) }
        // There is no counter before the last statement of the first script.
        if counts { sql(increment(file(folder, name), step: 1)) }
        scripts.append(TortureScript(folder: folder, file: file(folder, name), pieces: pieces))
    }

    private func script(_ folder: String, _ recipe: Recipe, counts: Bool = true) {
        pieces = []
        recipe.write(self)()
        let file = file(folder, recipe.name)
        // One in five scripts is definitions only.
        if counts, !(pieces.count <= 2 && dice.happens(20)) {
            for step in 1...dice.number(1...2) {
                let places = [0] + pieces.indices.filter { pieces[$0].mayBeCounted }.map { $0 + 1 }
                pieces.insert(
                    TortureScript.Piece(text: increment("\(folder)/\(file)", step: step) + ";"), at: dice.pick(places))
            }
        }
        scripts.append(TortureScript(folder: folder, file: file, pieces: pieces))
    }

    private func file(_ folder: String, _ name: String) -> String {
        let number = "\(1000 + scripts.count { $0.folder == folder } + 1)".dropFirst()
        return "\(number).\(name).sql"
    }

    private func increment(_ script: String, step: Int) -> String {
        "INSERT INTO \(Self.counter) (Script, Step, N) VALUES ('\(script)', \(step), 1) ON DUPLICATE KEY UPDATE N = N + 1"
    }

    // MARK: For recipes

    func sql(_ statement: String) {
        pieces.append(TortureScript.Piece(text: statement + ";", mayBeCounted: !isHeld))
    }

    /// A statement with semicolons in it.
    func routine(_ statement: String) {
        let delimiter = dice.pick(["$$", "//", "|"])
        pieces.append(
            TortureScript.Piece(
                text: "DELIMITER \(delimiter)\n\(statement)\(delimiter)\nDELIMITER ;", mayBeCounted: !isHeld))
    }

    /// Statements between which nothing may come.
    func together(_ body: () -> Void) {
        isHeld = true
        body()
        isHeld = false
        if !pieces.isEmpty { pieces[pieces.count - 1].mayBeCounted = true }
    }

    /// A new name for anything.
    func name(_ prefix: String) -> String {
        lastNumber += 1
        return "\(prefix)\(lastNumber)"
    }

    /// A number that no row has.
    func id() -> Int {
        lastID += 1
        return lastID
    }

    /// A table that is there.
    func table() -> String { dice.pick(tables) }

    /// A new table, made now.
    @discardableResult
    func newTable(rows: Int = 0, _ extra: String = "") -> String {
        let table = name("T")
        sql(
            "CREATE TABLE \(table) (Id INT NOT NULL PRIMARY KEY, Name VARCHAR(60), Value BIGINT NOT NULL DEFAULT 0\(extra))"
        )
        tables.append(table)
        if rows > 0 { insert(table, rows: rows) }
        return table
    }

    /// Takes a table out of what later scripts use.
    func forget(_ table: String) { tables.removeAll { $0 == table } }

    func insert(_ table: String, rows: Int = 1) {
        let values = (1...rows).map { _ in "(\(id()), 'row \(dice.number(1...999)) — ü', \(dice.number(1...1000)))" }
        sql("INSERT INTO \(table) (Id, Name, Value) VALUES \(values.joined(separator: ", "))")
    }

    /// A change that shows when it is made twice.
    func change(_ table: String) {
        switch dice.number(1...3) {
        case 1: sql("UPDATE \(table) SET Value = (Value * 2 + \(dice.number(1...9))) % 99991")
        case 2: sql("UPDATE \(table) SET Value = Value + \(dice.number(1...9)) WHERE Id % 2 = 0")
        default: sql("UPDATE \(table) SET Name = CONCAT(LEFT(Name, 40), '+') ORDER BY Id LIMIT 3")
        }
    }
}
