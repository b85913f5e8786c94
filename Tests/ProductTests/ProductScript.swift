import SystemPackage

/// A file of a product in its place in a project.
struct ProductScript: Hashable, CustomStringConvertible {
    /// Such as `Modifications/1.36.18.sql`.
    let name: String
    let bytes: [UInt8]

    var description: String { name }
}

extension Product {
    /// The product's files as a project has them, in the order in which the product means them; nil if its package
    /// cannot be had.
    func scripts() throws -> [ProductScript]? {
        guard let names = try Corpus.names(of: package) else { return nil }
        var scripts: [ProductScript] = []
        for (index, end) in schema.enumerated() {
            guard let name = names.first(where: { $0.hasSuffix(end) }) else {
                throw Missing(what: "\(package): \(end)")
            }
            let number = index < 9 ? "0\(index + 1)" : "\(index + 1)"
            let plain = end.trimmingPrefix("_").replacing(/\.(sql|mysql)$/, with: "")
            scripts.append(try script("Schema/\(number).\(plain).sql", of: name))
        }
        guard let upgrades else { return scripts }
        let versions = names.filter { $0.hasPrefix(upgrades) && isUpgrade(String($0.dropFirst(upgrades.count))) }
        for name in versions.sorted(by: isEarlier) {
            let plain = name.dropFirst(upgrades.count)
            scripts.append(try script("Modifications/\(plain)\(plain.hasSuffix(".sql") ? "" : ".sql")", of: name))
        }
        return scripts
    }

    private func script(_ name: String, of file: String) throws -> ProductScript {
        var bytes = try Corpus.read(file, of: package)
        if let leavesOut {
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            bytes = Array(lines.filter { !$0.starts(with: leavesOut.utf8) }.joined(separator: [UInt8(ascii: "\n")]))
        }
        return ProductScript(name: name, bytes: bytes)
    }

    /// The order of versions as the products document it: number by number; a candidate comes before its release. It
    /// is written here once more, so that it says something about the order in which we deploy.
    private func isEarlier(_ left: String, _ right: String) -> Bool {
        func parts(_ name: String) -> [Int] {
            let version = name.dropFirst(upgrades?.count ?? 0).prefix { $0.isNumber || $0 == "." }
            return version.split(separator: ".").compactMap { Int($0) }
        }
        let (first, second) = (parts(left), parts(right))
        if first.isEmpty != second.isEmpty { return second.isEmpty }
        return first == second ? left < right : first.lexicographicallyPrecedes(second)
    }
}

/// Something that a test needs is not there.
struct Missing: Error {
    let what: String
}
