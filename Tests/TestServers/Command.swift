import Foundation
import SystemPackage

/// A program that a test ran did not succeed.
public struct CommandFailure: Error, CustomStringConvertible {
    public let program: FilePath
    public let status: Int32
    public let output: String

    public var description: String { "\(program) ended with status \(status): \(output)" }
}

/// Runs a program to its end.
///
/// - Parameter input: What it reads on standard input.
/// - Returns: What it wrote to standard output.
/// - Throws: `CommandFailure`, with what it wrote to standard error, if its status is not 0.
@discardableResult
public func run(_ program: FilePath, _ arguments: [String], input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program.string)
    process.arguments = arguments
    // Files, not pipes: neither side can wait for the other.
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("command-" + UUID().uuidString)
    try FileManager.default.createDirectory(
        at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { discard(directory) }
    let (inputFile, outputFile, errorFile) = (
        directory.appendingPathComponent("in"), directory.appendingPathComponent("out"),
        directory.appendingPathComponent("err")
    )
    try Data(input.utf8).write(to: inputFile)
    try Data().write(to: outputFile)
    try Data().write(to: errorFile)
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    let output = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
    guard process.terminationStatus == 0 else {
        let error = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
        throw CommandFailure(program: program, status: process.terminationStatus, output: output + error)
    }
    return output
}

private func discard(_ directory: URL) {
    do {
        try FileManager.default.removeItem(at: directory)
    } catch {
        print("\(directory.path) stays behind: \(error)")
    }
}
