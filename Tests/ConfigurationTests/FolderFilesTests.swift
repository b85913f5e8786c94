import Foundation
import SystemPackage
import Testing

@testable import Deployment

@Suite struct FolderFilesTests {
    /// On one thread and on two.
    @Test(arguments: [3, 1500])
    func eachFileIsSeenAsItIs(count: Int) throws {
        var files = Dictionary(
            uniqueKeysWithValues: (0..<count).map { ("\($0).S.sql", String(repeating: "-", count: $0)) })
        files["notes.txt"] = "no script"
        files[".hidden.sql"] = "no script"
        let project = try TemporaryProject(files)
        try project.makeDirectory(project.directory.appending("directory.sql"))
        try project.link("dangling.SQL", to: "nowhere")
        let stream = try #require(opendir(project.directory.string))
        defer { closedir(stream) }
        let folder = try #require(FolderFiles(stream))
        var sizes: [String: Int] = [:]
        var others: [String] = []
        folder.forEach(in: dirfd(stream)) { name, length, look in
            let name = String(cString: name)
            #expect(name.utf8.count == length)
            switch look {
            case .file(let stamp): sizes[name] = stamp.size
            case .notAFile: others.append("\(name) is no file")
            case .failed(let number): others.append("\(name): \(Errno(rawValue: number))")
            }
        }
        #expect(folder.count == count + 2)
        #expect(sizes == Dictionary(uniqueKeysWithValues: (0..<count).map { ("\($0).S.sql", $0) }))
        #expect(others.sorted() == ["dangling.SQL: No such file or directory", "directory.sql is no file"])
    }
}
