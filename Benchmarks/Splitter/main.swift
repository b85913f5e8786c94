import Foundation
import SQLScript

/// Splits a file that is in memory, and prints how long that took, in nanoseconds, and how many statements there are.
let file = CommandLine.arguments.dropFirst().first ?? ""
let text = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
var given = 0
var statements = 0
let start = ContinuousClock.now
let reader = ScriptReader { buffer in
    let count = min(buffer.count, text.count - given)
    text.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[given..<given + count])) }
    given += count
    return count
}
while let element = try reader.next() {
    if case .statement = element { statements += 1 }
}
let (seconds, attoseconds) = (ContinuousClock.now - start).components
print(seconds * 1_000_000_000 + attoseconds / 1_000_000_000, statements)
