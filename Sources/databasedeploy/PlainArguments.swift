extension Deployer {
    /// What a plain command line of `deploy` asks for, read without the parser: that builds the definitions of all options first,
    /// which takes longer than connecting.
    ///
    /// - Parameter arguments: Without the program's name.
    /// - Returns: nil for whatever is not plain: another command, a question such as `--help`, a mistake. The parser tells about
    ///   those.
    init?(plain arguments: [String]) {
        var words = arguments[...]
        if words.first == DeployCommand.name { words.removeFirst() }
        while let word = words.popFirst() {
            if take(flag: word) { continue }
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            let isWhole = word.hasPrefix("--") && parts.count == 2
            guard let value = isWhole ? parts[1] : words.popFirst(), !value.isEmpty, !value.hasPrefix("-"),
                options.take(isWhole ? parts[0] : word, value)
            else { return nil }
        }
    }

    private mutating func take(flag: String) -> Bool {
        switch flag {
        case "--private": options.usePrivate = true
        case "--quiet": options.quiet = true
        case "--verbose": options.verbose = true
        case "--no-color": options.noColor = true
        case "--dry-run": dryRun = true
        case "--recreate": recreate = true
        case "--yes": yes = true
        case "--continue-on-error": continueOnError = true
        case "--wait-for-key": waitForKey = true
        default: return false
        }
        return true
    }
}

extension CommonOptions {
    fileprivate mutating func take(_ option: String, _ value: String) -> Bool {
        switch option {
        case "--project": project = value
        case "-e", "--environment": environment = value
        case "--url": url = value
        case "--config": config = value
        case "--set": settings.append(value)
        case "--format":
            guard let format = OutputFormat(rawValue: value) else { return false }
            self.format = format
        default: return false
        }
        return true
    }
}
