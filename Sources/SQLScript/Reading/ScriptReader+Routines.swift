/// Routine bodies, with and without `DELIMITER`.
extension ScriptReader {
    /// Whether the `;` at the cursor stands within the body of a routine.
    func continuesRoutine() throws -> Bool {
        guard rules.isPlainDelimiter, options.recognizesRoutineBodies, mayHoldBody() else { return false }
        return pending.routine.isOpen(from: pending.significant, to: cursor, in: window, rules: rules)
    }

    private func mayHoldBody() -> Bool {
        if pending.routine.isCandidate { return true }
        guard cursor - pending.start <= options.maximumStatementLength else { return false }
        let first = window.bytes[pending.significant] | 0x20
        return first == UInt8(ascii: "c") || first == UInt8(ascii: "b")
    }

    /// Where a block begins that is open at the end of the file: a routine without its last END, or a statement in which a
    /// line begins with `DELIMITER`, so that its own delimiter was forgotten.
    func openBlock() -> Int? {
        guard !pending.isEmpty else { return nil }
        let isKept = window.end - pending.start <= options.maximumStatementLength
        if isKept && !rules.isPlainDelimiter && holdsDelimiterLine() { return pending.significant }
        guard mayHoldBody() else { return nil }
        var routine = pending.routine
        return routine.isOpen(from: pending.significant, to: window.end, in: window, rules: rules)
            ? pending.significant : nil
    }

    private func holdsDelimiterLine() -> Bool {
        let text = window.slice(pending.significant..<window.end)
        var tokens = SQLTokens(text, modes: rules.modes, encoding: rules.encoding)
        while let token = tokens.next() {
            guard tokens.matches(token, "DELIMITER") else { continue }
            var index = token.range.lowerBound
            while index > 0, text[index - 1] == 0x20 || text[index - 1] == 0x09 { index -= 1 }
            let behind = token.range.upperBound
            let hasArgument = behind < text.count && (text[behind] == 0x20 || text[behind] == 0x09)
            if index > 0 && text[index - 1] == 0x0A && hasArgument { return true }
        }
        return false
    }
}
