import Foundation
import PrivateServer
import SystemPackage

/// A program that a test ran did not succeed.
public struct CommandFailure: Error, CustomStringConvertible {
    public let program: FilePath
    public let ending: String
    public let output: String

    public var description: String { "\(program) \(ending): \(output)" }
}

/// Runs a program to its end. It sees little of the environment.
///
/// - Parameters:
///   - input: What it reads on standard input.
///   - seconds: How long it may take.
/// - Returns: What it wrote to standard output.
/// - Throws: `CommandFailure`, with what it wrote to standard error, if its status is not 0.
@discardableResult
public func run(
    _ program: FilePath, _ arguments: [String], input: String = "", seconds: Int = 300
) throws -> String {
    // Files, not pipes: neither side can wait for the other.
    let directory = try RunDirectory.scratch("command")
    defer { discard(directory) }
    let child: ChildProcess
    do {
        let (inputFile, outputFile, errorFile) = (try file("in"), try file("out"), try file("err"))
        defer { for file in [inputFile, outputFile, errorFile] { close(file.rawValue) } }
        try inputFile.writeAll(input.utf8)
        try inputFile.seek(offset: 0, from: .start)
        child = try ChildProcess(program, arguments, input: inputFile, output: outputFile, errors: errorFile)
    }
    guard let ending = child.ending(by: .now + .seconds(seconds)) else {
        kill(child.id, SIGKILL)
        throw CommandFailure(program: program, ending: "did not end within \(seconds) s", output: try text("err"))
    }
    guard ending == .exited(0) else {
        throw CommandFailure(program: program, ending: "\(ending)", output: try text("out") + text("err"))
    }
    return try text("out")

    func file(_ name: String) throws -> FileDescriptor {
        try FileDescriptor.open(
            directory.appending(name), .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
    }
    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: directory.appending(name).string)), as: UTF8.self)
    }
}

private func discard(_ directory: FilePath) {
    do {
        try FileManager.default.removeItem(atPath: directory.string)
    } catch {
        print("\(directory) stays behind: \(error)")
    }
}
