import Foundation
import PrivateServer
import SystemPackage

/// The directory of one test process: everything that its tests write is in it, and goes with the process.
///
/// A watchdog (a shell that reads from a pipe whose other end only this process has) sees the end of the process,
/// however it comes, kills the servers whose data is in the directory, and removes it.
public enum RunDirectory {
    /// A new, empty directory for one test, closed to other users; its path is short enough for sockets.
    ///
    /// - Parameter inMemory: Whether it is to be on the file system of `/dev/shm`, where there is one.
    public static func scratch(_ name: String = "scratch", inMemory: Bool = false) throws -> FilePath {
        let path = try (inMemory ? memory : current).get().appending(
            "\(name)-" + UUID().uuidString.prefix(8).lowercased())
        try FileManager.default.createDirectory(
            atPath: path.string, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        return path
    }

    // A directory in memory makes tests that start and kill servers much faster.
    private static let current: Result<FilePath, any Error> = Result {
        try make(ProcessInfo.processInfo.environment["DATABASEDEPLOY_TEST_DIRECTORY"] ?? "/tmp")
    }
    private static let memory: Result<FilePath, any Error> = Result {
        try make(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")
    }

    private static func make(_ base: String) throws -> FilePath {
        let path = FilePath("\(base)/databasedeploy-tests-\(getpid())-" + UUID().uuidString.prefix(6).lowercased())
        try FileManager.default.createDirectory(
            atPath: path.string, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        // The write end stays open as long as this process lives, and no program that it starts inherits it.
        let pipe = try FileDescriptor.pipe()
        for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        let nowhere = try FileDescriptor.open("/dev/null", .writeOnly, options: .closeOnExec)
        _ = try ChildProcess(
            "/bin/sh", ["-c", script, "watchdog", path.string], input: pipe.readEnd, output: nowhere)
        try nowhere.close()
        try pipe.readEnd.close()
        return path
    }

    /// Only a process whose data directory is in the run directory is killed; the number alone says nothing.
    private static let script = """
        trap '' INT TERM HUP QUIT
        cat >/dev/null
        for round in 1 2 3; do
            for process in /proc/[0-9]*; do
                if grep -qF -- "--datadir=$1/" "$process/cmdline"; then kill -9 "${process#/proc/}"; fi
            done
            for file in "$1"/*/server.pid "$1"/*/*/server.pid; do
                pid=$(cat "$file") || continue
                case $(ps -o args= -p "$pid") in *"--datadir=$1/"*) kill -9 "$pid" ;; esac
            done
            rm -rf "$1" && exit
            sleep 1
        done
        """
}
