import Foundation
import PrivateServer
import SystemPackage

/// A terminal of a certain size that nobody looks at, and what it showed.
final class PseudoTerminal: Sendable {
    private let controller: FileDescriptor
    private let path: String

    init(columns: Int, rows: Int = 24) throws {
        controller = FileDescriptor(rawValue: open("/dev/ptmx", O_RDWR | O_NOCTTY))
        guard controller.rawValue >= 0 else { throw Errno(rawValue: errno) }
        #if canImport(Glibc)
            // `unlockpt` and `ptsname` are not among what Glibc's module shows: these are TIOCSPTLCK and TIOCGPTN ("ioctl_tty").
            var (lock, number) = (Int32(0), UInt32(0))
            guard ioctl(controller.rawValue, 0x4004_5431, &lock) == 0,
                ioctl(controller.rawValue, 0x8004_5430, &number) == 0
            else { throw Errno(rawValue: errno) }
            path = "/dev/pts/\(number)"
        #else
            guard grantpt(controller.rawValue) == 0, unlockpt(controller.rawValue) == 0 else {
                throw Errno(rawValue: errno)
            }
            path = String(cString: ptsname(controller.rawValue))
        #endif
        var size = winsize()
        (size.ws_col, size.ws_row) = (UInt16(columns), UInt16(rows))
        _ = ioctl(controller.rawValue, UInt(TIOCSWINSZ), &size)
    }

    deinit { close(controller.rawValue) }

    /// What the command wrote until its end.
    func run(_ command: Command, _ arguments: String...) throws -> (status: Int32?, text: String) {
        let terminal = FileDescriptor(rawValue: open(path, O_RDWR | O_NOCTTY))
        guard terminal.rawValue >= 0 else { throw Errno(rawValue: errno) }
        let process: ChildProcess
        do {
            process = try command.process(arguments, output: terminal, errors: terminal)
        } catch {
            close(terminal.rawValue)
            throw error
        }
        close(terminal.rawValue)
        var buffer = [UInt8](repeating: 0, count: 4096)
        var text: [UInt8] = []
        // Once the last program is gone that has it open, reading fails.
        while true {
            let count = read(controller.rawValue, &buffer, buffer.count)
            guard count > 0 else { break }
            text += buffer[..<count]
        }
        var status: Int32?
        if case .exited(let code) = process.ending(by: .now + .seconds(120)) { status = code }
        return (status, String(decoding: text, as: UTF8.self))
    }

    /// What stood on the screen each time before something was taken away, and at the end: lines as the terminal has them, none
    /// wider than it.
    static func screens(_ text: String, columns: Int) -> [[String]] {
        var screens: [[String]] = []
        var lines: [[Character]] = [[]]
        var (row, column) = (0, 0)
        var rest = text.unicodeScalars[...]
        func shown() -> [String] { lines.map { String($0.filter { $0 != "\0" }) } }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\r": column = 0
            case "\n":
                row += 1
                if row == lines.count { lines.append([]) }
            case "\u{1B}":
                rest.removeFirst()
                let number = rest.prefix { $0.properties.numericType != nil || $0 == ";" }
                rest = rest.dropFirst(number.count)
                switch rest.popFirst() {
                case "A": row = max(0, row - (Int(String(number)) ?? 1))
                case "J":
                    screens.append(shown())
                    lines = Array(lines[...row])
                    lines[row] = Array(lines[row].prefix(column))
                case "K":
                    screens.append(shown())
                    lines[row] = Array(lines[row].prefix(column))
                default: break
                }
            default:
                let width = scalar.value >= 0x1100 && !(0x2000..<0x2E80).contains(scalar.value) ? 2 : 1
                if column + width > columns {
                    (row, column) = (row + 1, 0)
                    if row == lines.count { lines.append([]) }
                }
                while lines[row].count < column + width { lines[row].append("\0") }
                lines[row][column] = Character(scalar)
                column += width
            }
        }
        return screens + [shown()]
    }
}
